"""Kinds of duty, shipped as rows; entries, reports to voters, the yearly checklist and requests for correction."""

import csv
from pathlib import Path

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


DATA = Path(__file__).resolve().parent.parent / "data"


def fill(apps, schema_editor):
    if schema_editor.connection.alias == "default":
        with (DATA / "duty_kinds.csv").open(encoding="utf-8", newline="") as file:
            for place, row in enumerate(csv.DictReader(file), 1):
                apps.get_model("representatives", "DutyKind").objects.create(place=10 * place, **row)


class Migration(migrations.Migration):

    dependencies = [
        ('divisions', '0001_initial'),
        ('representatives', '0003_terms_groups_posts_and_standing'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DutyKind',
            fields=[
                ('key', models.SlugField(max_length=30, primary_key=True, serialize=False, verbose_name='short key')),
                ('name', models.CharField(max_length=50, verbose_name='name')),
                ('group', models.CharField(choices=[('session', 'while the congress meets'), ('between', 'between the sessions')], default='between', max_length=10, verbose_name='when')),
                ('place', models.PositiveSmallIntegerField(default=200, verbose_name='place in the list')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ('division', models.ForeignKey(blank=True, help_text='For congresses of this division and below; empty: for all.', null=True, on_delete=django.db.models.deletion.PROTECT, to='divisions.division', verbose_name='division')),
            ],
            options={
                'verbose_name': 'kind of duty',
                'verbose_name_plural': 'kinds of duty',
                'ordering': ['place', 'key'],
            },
        ),
        migrations.CreateModel(
            name='DutyEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(verbose_name='date')),
                ('title', models.CharField(max_length=100, verbose_name='meeting or activity')),
                ('status', models.CharField(choices=[('present', 'present'), ('leave', 'on leave'), ('absent', 'absent')], default='present', max_length=10, verbose_name='attendance')),
                ('is_mistaken', models.BooleanField(default=False, help_text='It stays on record and counts nowhere.', verbose_name='entered by mistake')),
                ('entered_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='entered at')),
                ('entered_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by')),
                ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duty_entries', to='representatives.mandate', verbose_name='mandate')),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='representatives.dutykind', verbose_name='kind of duty')),
            ],
            options={
                'verbose_name': 'duty entry',
                'verbose_name_plural': 'duty entries',
                'ordering': ['-date', '-id'],
            },
        ),
        migrations.CreateModel(
            name='ChecklistItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'national'), (2, 'provincial'), (3, 'city-level'), (4, 'county-level'), (5, 'township-level')], help_text='Empty: of every level.', null=True, verbose_name='level')),
                ('at_least', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1, 'Please write a number from 1 to 99.'), django.core.validators.MaxValueValidator(99, 'Please write a number from 1 to 99.')], verbose_name='at least')),
                ('words', models.CharField(max_length=100, verbose_name='wording')),
                ('first_year', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(2000, 'Please write a year from 2000 to 2100.'), django.core.validators.MaxValueValidator(2100, 'Please write a year from 2000 to 2100.')], verbose_name='first year')),
                ('last_year', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(2000, 'Please write a year from 2000 to 2100.'), django.core.validators.MaxValueValidator(2100, 'Please write a year from 2000 to 2100.')], verbose_name='last year')),
                ('place', models.PositiveSmallIntegerField(default=100, verbose_name='place in the list')),
                ('division', models.ForeignKey(blank=True, help_text='For congresses of this division and below; empty: for all.', null=True, on_delete=django.db.models.deletion.PROTECT, to='divisions.division', verbose_name='division')),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checklist', to='representatives.dutykind', verbose_name='kind of duty')),
            ],
            options={
                'verbose_name': 'line of the yearly checklist',
                'verbose_name_plural': 'yearly checklist',
                'ordering': ['place', 'id'],
            },
        ),
        migrations.CreateModel(
            name='VoterReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(verbose_name='date')),
                ('place', models.CharField(max_length=100, verbose_name='place')),
                ('form', models.CharField(choices=[('oral', 'spoken'), ('written', 'in writing')], default='oral', max_length=10, verbose_name='form')),
                ('audience', models.PositiveIntegerField(default=0, verbose_name='how many were there')),
                ('satisfied', models.PositiveIntegerField(default=0, verbose_name='satisfied')),
                ('basically_satisfied', models.PositiveIntegerField(default=0, verbose_name='basically satisfied')),
                ('dissatisfied', models.PositiveIntegerField(default=0, verbose_name='dissatisfied')),
                ('abstained', models.PositiveIntegerField(default=0, verbose_name='abstained')),
                ('summary', models.TextField(max_length=3000, verbose_name='summary of the report')),
                ('questions', models.TextField(blank=True, max_length=3000, verbose_name='what was asked')),
                ('follow_ups', models.TextField(blank=True, max_length=3000, verbose_name='what follows from it')),
                ('is_mistaken', models.BooleanField(default=False, help_text='It stays on record and counts nowhere.', verbose_name='entered by mistake')),
                ('entered_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='entered at')),
                ('entered_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='entered by')),
                ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='voter_reports', to='representatives.mandate', verbose_name='mandate')),
            ],
            options={
                'verbose_name': 'report to voters',
                'verbose_name_plural': 'reports to voters',
                'ordering': ['-date', '-id'],
            },
        ),
        migrations.CreateModel(
            name='CorrectionRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.CharField(blank=True, editable=False, max_length=40)),
                ('about', models.CharField(blank=True, max_length=300, verbose_name='about')),
                ('text', models.TextField(max_length=1000, verbose_name='what is to be corrected')),
                ('asked_on', models.DateField(verbose_name='asked on')),
                ('state', models.CharField(choices=[('open', 'waiting for an answer'), ('accepted', 'accepted'), ('declined', 'declined')], default='open', max_length=10, verbose_name='status')),
                ('answer', models.TextField(blank=True, max_length=1000, verbose_name='answer to the representative')),
                ('answered_on', models.DateField(editable=False, null=True, verbose_name='answered on')),
                ('answered_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='answered by')),
                ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='representatives.mandate', verbose_name='mandate')),
            ],
            options={
                'verbose_name': 'correction request',
                'verbose_name_plural': 'correction requests',
                'ordering': ['state', 'asked_on', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open'), models.Q(('row', ''), _negated=True)), fields=('mandate', 'row'), name='one_open_request_a_row'), models.CheckConstraint(condition=models.Q(models.Q(('answered_on', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('answered_on__isnull', False)), _connector='OR'), name='what_is_answered_has_its_day')],
            },
        ),
        migrations.AddConstraint(
            model_name='dutykind',
            constraint=models.UniqueConstraint(fields=('name', 'division'), name='one_kind_of_duty_of_a_name', violation_error_message='This kind is already there.'),
        ),
        migrations.AddConstraint(
            model_name='dutykind',
            constraint=models.UniqueConstraint(condition=models.Q(('division', None)), fields=('name',), name='one_kind_of_duty_for_all', violation_error_message='This kind is already there.'),
        ),
        migrations.AddIndex(
            model_name='dutyentry',
            index=models.Index(fields=['mandate', 'date'], name='duty_entry_by_day'),
        ),
        migrations.AddConstraint(
            model_name='dutyentry',
            constraint=models.UniqueConstraint(condition=models.Q(('is_mistaken', False)), fields=('mandate', 'kind', 'date', 'title'), name='one_duty_entry_of_a_thing', violation_error_message='This is already entered for this representative.'),
        ),
        migrations.AddConstraint(
            model_name='checklistitem',
            constraint=models.CheckConstraint(condition=models.Q(('last_year', None), ('last_year__gte', models.F('first_year')), _connector='OR'), name='a_checklist_ends_after_it_begins', violation_error_message='The last year is before the first.'),
        ),
        migrations.AddConstraint(
            model_name='voterreport',
            constraint=models.UniqueConstraint(condition=models.Q(('is_mistaken', False)), fields=('mandate', 'date'), name='one_report_a_day', violation_error_message="This day's report is already entered."),
        ),
        migrations.AddConstraint(
            model_name='voterreport',
            constraint=models.CheckConstraint(condition=models.Q(('audience__gte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('satisfied'), '+', models.F('basically_satisfied')), '+', models.F('dissatisfied')), '+', models.F('abstained')))), name='no_more_votes_than_people', violation_error_message='There are more votes than people who were there.'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
