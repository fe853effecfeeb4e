"""Who keeps contact with whom: links, groups of residents, and the log of contacts that were no visits."""

import django.core.validators
import django.db.models.deletion
import representatives.models.contacts
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('divisions', '0001_initial'),
        ('representatives', '0004_duty_records'),
    ]

    operations = [
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='to')),
                ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='representatives.mandate', verbose_name='representative')),
                ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='representatives.committeepost', verbose_name='committee member who keeps contact')),
            ],
            options={
                'verbose_name': 'contact link',
                'verbose_name_plural': 'contact links',
                'ordering': ['-starts_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='ContactEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='date')),
                ('way', models.CharField(choices=[('in_person', 'in person'), ('phone', 'by telephone'), ('door_to_door', 'going to homes'), ('meeting', 'meeting'), ('wechat', 'by WeChat')], max_length=20, verbose_name='way of contact')),
                ('who', models.CharField(blank=True, max_length=50, validators=[representatives.models.contacts.no_numbers_of_persons], verbose_name='who went')),
                ('heard', models.CharField(blank=True, max_length=200, validators=[representatives.models.contacts.no_numbers_of_persons], verbose_name='what was heard')),
                ('answered', models.CharField(blank=True, max_length=200, validators=[representatives.models.contacts.no_numbers_of_persons], verbose_name='what was answered')),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='representatives.contact', verbose_name='contact link')),
            ],
            options={
                'verbose_name': 'contact made',
                'verbose_name_plural': 'contacts made, other than visits',
                'ordering': ['-on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='ResidentGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=50, validators=[representatives.models.contacts.no_numbers_of_persons], verbose_name='name')),
                ('covers', models.CharField(blank=True, max_length=100, validators=[representatives.models.contacts.no_numbers_of_persons], verbose_name='buildings or estate')),
                ('households', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1, 'Please write a number from 1 to 99,999.'), django.core.validators.MaxValueValidator(99999, 'Please write a number from 1 to 99,999.')], verbose_name='households')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='divisions.division', verbose_name='division')),
            ],
            options={
                'verbose_name': 'group of residents',
                'verbose_name_plural': 'groups of residents',
                'ordering': ['division', 'name', 'id'],
            },
        ),
        migrations.AddField(
            model_name='contact',
            name='group',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='representatives.residentgroup', verbose_name='group of residents kept in contact'),
        ),
        migrations.AddConstraint(
            model_name='residentgroup',
            constraint=models.UniqueConstraint(fields=('division', 'name'), name='one_resident_group_of_a_name', violation_error_message='This group is already registered here.'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='a_contact_ends_after_it_begins', violation_error_message='The end lies before the beginning.'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('group__isnull', False), ('post', None)), models.Q(('group', None), ('post__isnull', False)), _connector='OR'), name='a_contact_has_one_other_end', violation_error_message='Please choose either a committee member or a group of residents.'),
        ),
    ]
