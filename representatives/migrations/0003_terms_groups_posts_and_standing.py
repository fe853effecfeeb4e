"""Sessions, delegations, groups, posts, duty statements, and how a mandate stands, with the law's reasons as rows."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

SUSPENDED, ENDED = "suspended", "ended"
REASONS = [  # 代表法（2025年修正）第六十一条、第六十二条；届满见第二条
    ("detained", SUSPENDED, "因刑事案件被羁押，正在受侦查、起诉、审判", "代表法第六十一条第一项"),
    ("serving_sentence", SUSPENDED, "被判处管制、拘役或者有期徒刑而没有附加剥夺政治权利，正在服刑", "代表法第六十一条第二项"),
    ("term_over", ENDED, "任期届满", "代表法第二条"),
    ("moved_away", ENDED, "迁出或者调离本行政区域", "代表法第六十二条"),
    ("resigned", ENDED, "辞职被接受", "代表法第六十二条"),
    ("absent_twice", ENDED, "未经批准两次不出席本级人民代表大会会议", "代表法第六十二条"),
    ("recalled", ENDED, "被罢免", "代表法第六十二条"),
    ("lost_nationality", ENDED, "丧失中华人民共和国国籍", "代表法第六十二条"),
    ("lost_rights", ENDED, "依照法律被剥夺政治权利", "代表法第六十二条"),
    ("lost_capacity", ENDED, "丧失行为能力", "代表法第六十二条"),
    ("died", ENDED, "去世", ""),
]


def fill(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        Reason = apps.get_model("representatives", "StatusReason")
        for place, (key, status, name, article) in enumerate(REASONS, 1):
            Reason.objects.create(key=key, status=status, name=name, article=article, place=10 * place)
        name_delegations(apps)


def name_delegations(apps):
    """A row for every name that was typed in a term."""
    Mandate, Delegation = (apps.get_model("representatives", name) for name in ("Mandate", "Delegation"))
    named = Mandate.objects.exclude(delegation="")
    for term, name in named.order_by("term", "delegation").values_list("term", "delegation").distinct():
        row = Delegation.objects.create(term_id=term, name=name)
        named.filter(term=term, delegation=name).update(sits_with=row)


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0001_initial'),
        ('representatives', '0002_own_account_and_public_work'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CommitteePost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('post', models.CharField(choices=[('chair', 'chair of the standing committee'), ('vice_chair', 'vice chair of the standing committee'), ('secretary_general', 'secretary general'), ('member', 'member of the standing committee'), ('presidium_chair', 'chair of the presidium'), ('presidium_vice_chair', 'vice chair of the presidium')], max_length=30, verbose_name='post')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='to')),
            ],
            options={
                'verbose_name': 'standing committee post',
                'verbose_name_plural': 'standing committee posts',
                'ordering': ['congress', 'starts_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
            ],
            options={
                'verbose_name': 'delegation',
                'verbose_name_plural': 'delegations',
                'ordering': ['term', 'id'],
            },
        ),
        migrations.CreateModel(
            name='DutyStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000, 'Please write a year from 2000 to 2100.'), django.core.validators.MaxValueValidator(2100, 'Please write a year from 2000 to 2100.')], verbose_name='year')),
                ('text', models.TextField(max_length=3000, verbose_name='text')),
                ('reviewed_on', models.DateField(editable=False, null=True, verbose_name='reviewed on')),
                ('published_on', models.DateField(editable=False, null=True, verbose_name='published on')),
            ],
            options={
                'verbose_name': 'yearly duty statement',
                'verbose_name_plural': 'yearly duty statements',
                'ordering': ['-year', 'mandate'],
                'permissions': [('review_dutystatement', 'Can review and publish duty statements')],
            },
        ),
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('kind', models.CharField(choices=[('region', 'by region'), ('field', 'by field')], default='region', max_length=20, verbose_name='kind of group')),
                ('covers', models.CharField(blank=True, max_length=100, verbose_name='region or field')),
            ],
            options={
                'verbose_name': 'group of representatives',
                'verbose_name_plural': 'groups of representatives',
                'ordering': ['term', 'id'],
            },
        ),
        migrations.CreateModel(
            name='GroupMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('leader', 'group leader'), ('deputy_leader', 'deputy group leader'), ('member', 'member')], default='member', max_length=20, verbose_name='role in the group')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='to')),
            ],
            options={
                'verbose_name': 'member of a group',
                'verbose_name_plural': 'members of groups',
                'ordering': ['group', 'id'],
            },
        ),
        migrations.CreateModel(
            name='MandateStatus',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('active', 'in office'), ('suspended', 'suspended'), ('ended', 'ended')], max_length=20, verbose_name='status')),
                ('since', models.DateField(verbose_name='since')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('entered_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='entered at')),
            ],
            options={
                'verbose_name': 'status of a mandate',
                'verbose_name_plural': 'history of the mandate',
                'ordering': ['mandate', 'since', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordinal', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1, 'Please write a number from 1 to 99.'), django.core.validators.MaxValueValidator(99, 'Please write a number from 1 to 99.')], verbose_name='which session')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='to')),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
                'ordering': ['term', 'ordinal'],
            },
        ),
        migrations.CreateModel(
            name='StatusReason',
            fields=[
                ('key', models.SlugField(max_length=30, primary_key=True, serialize=False, verbose_name='short key')),
                ('status', models.CharField(choices=[('suspended', 'suspended'), ('ended', 'ended')], max_length=20, verbose_name='status')),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='reason')),
                ('article', models.CharField(blank=True, max_length=50, verbose_name='article')),
                ('place', models.PositiveSmallIntegerField(default=100, verbose_name='place in the list')),
            ],
            options={
                'verbose_name': "reason of a mandate's status",
                'verbose_name_plural': "reasons of mandates' status",
                'ordering': ['place', 'key'],
            },
        ),
        migrations.AddField(
            model_name='mandate',
            name='certificate_no',
            field=models.CharField(blank=True, max_length=30, verbose_name="number of the representative's certificate"),
        ),
        migrations.AddField(
            model_name='mandate',
            name='is_by_election',
            field=models.BooleanField(default=False, verbose_name='elected in a by-election'),
        ),
        migrations.AddField(
            model_name='person',
            name='born_in',
            field=models.CharField(blank=True, max_length=7, validators=[django.core.validators.RegexValidator('^(19|20)\\d\\d-(0[1-9]|1[0-2])\\Z', 'Please write it like 1970-05.')], verbose_name='year and month of birth'),
        ),
        migrations.AddField(
            model_name='person',
            name='education',
            field=models.CharField(blank=True, max_length=50, verbose_name='education'),
        ),
        migrations.AddField(
            model_name='person',
            name='ethnic_group',
            field=models.CharField(blank=True, max_length=20, verbose_name='ethnic group'),
        ),
        migrations.AddField(
            model_name='person',
            name='gender',
            field=models.CharField(blank=True, choices=[('male', 'male'), ('female', 'female')], max_length=10, verbose_name='gender'),
        ),
        migrations.AddField(
            model_name='person',
            name='is_born_in_public',
            field=models.BooleanField(default=False, verbose_name='year and month of birth are shown to the public'),
        ),
        migrations.AddField(
            model_name='person',
            name='is_education_public',
            field=models.BooleanField(default=False, verbose_name='education is shown to the public'),
        ),
        migrations.AddField(
            model_name='person',
            name='is_ethnic_group_public',
            field=models.BooleanField(default=False, verbose_name='ethnic group is shown to the public'),
        ),
        migrations.AddField(
            model_name='person',
            name='is_gender_public',
            field=models.BooleanField(default=False, verbose_name='gender is shown to the public'),
        ),
        migrations.AddField(
            model_name='person',
            name='is_party_public',
            field=models.BooleanField(default=False, verbose_name='party is shown to the public'),
        ),
        migrations.AddField(
            model_name='person',
            name='party',
            field=models.CharField(blank=True, max_length=50, verbose_name='party'),
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='a_term_ends_after_it_begins', violation_error_message='The end lies before the beginning.'),
        ),
        migrations.AddField(
            model_name='committeepost',
            name='committee',
            field=models.ForeignKey(blank=True, limit_choices_to={'kind': 'special_committee'}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='organisations.organisation', verbose_name='special committee'),
        ),
        migrations.AddField(
            model_name='committeepost',
            name='congress',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='representatives.congress', verbose_name="people's congress"),
        ),
        migrations.AddField(
            model_name='committeepost',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='representatives.person', verbose_name='representative'),
        ),
        migrations.AddField(
            model_name='delegation',
            name='term',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to='representatives.term', verbose_name='term'),
        ),
        migrations.AddField(
            model_name='mandate',
            name='sits_with',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='representatives.delegation', verbose_name='delegation'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='a_mandate_ends_after_it_begins', violation_error_message='The end lies before the beginning.'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('person', 'term'), name='one_open_mandate_a_term', violation_error_message='This person already holds a mandate of this term.'),
        ),
        migrations.AddField(
            model_name='dutystatement',
            name='mandate',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='representatives.mandate', verbose_name='mandate'),
        ),
        migrations.AddField(
            model_name='dutystatement',
            name='reviewed_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='reviewed by'),
        ),
        migrations.AddField(
            model_name='dutystatement',
            name='written_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by'),
        ),
        migrations.AddField(
            model_name='group',
            name='term',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='representatives.term', verbose_name='term'),
        ),
        migrations.AddField(
            model_name='groupmember',
            name='group',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='representatives.group', verbose_name='group of representatives'),
        ),
        migrations.AddField(
            model_name='groupmember',
            name='mandate',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='representatives.mandate', verbose_name='mandate'),
        ),
        migrations.AddField(
            model_name='mandatestatus',
            name='entered_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by'),
        ),
        migrations.AddField(
            model_name='mandatestatus',
            name='mandate',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='history', to='representatives.mandate', verbose_name='mandate'),
        ),
        migrations.AddField(
            model_name='session',
            name='term',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='representatives.term', verbose_name='term'),
        ),
        migrations.AddField(
            model_name='mandatestatus',
            name='reason',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='representatives.statusreason', verbose_name='reason'),
        ),
        migrations.AddConstraint(
            model_name='committeepost',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='a_committee_post_ends_after_it_begins', violation_error_message='The end lies before the beginning.'),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=models.UniqueConstraint(fields=('term', 'name'), name='one_delegation_of_a_name', violation_error_message='This delegation is already registered.'),
        ),
        migrations.AddConstraint(
            model_name='dutystatement',
            constraint=models.UniqueConstraint(fields=('mandate', 'year'), name='one_statement_a_year', violation_error_message="This year's statement is already there."),
        ),
        migrations.AddConstraint(
            model_name='dutystatement',
            constraint=models.CheckConstraint(condition=models.Q(('reviewed_by', None), models.Q(('reviewed_by', models.F('written_by')), _negated=True), _connector='OR'), name='no_one_reviews_their_own_statement'),
        ),
        migrations.AddConstraint(
            model_name='dutystatement',
            constraint=models.CheckConstraint(condition=models.Q(('published_on', None), ('reviewed_on__isnull', False), _connector='OR'), name='published_means_reviewed'),
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.UniqueConstraint(fields=('term', 'name'), name='one_group_of_a_name', violation_error_message='This group is already registered.'),
        ),
        migrations.AddConstraint(
            model_name='groupmember',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='a_membership_ends_after_it_begins', violation_error_message='The end lies before the beginning.'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.UniqueConstraint(fields=('term', 'ordinal'), name='one_session_of_an_ordinal', violation_error_message='This session is already registered.'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='a_session_ends_after_it_begins', violation_error_message='The end lies before the beginning.'),
        ),
        migrations.AddIndex(
            model_name='mandatestatus',
            index=models.Index(fields=['mandate', 'since'], name='mandate_status_by_day'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
