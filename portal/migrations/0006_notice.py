import django.utils.timezone
import portal.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('portal', '0005_one_library'),
    ]

    operations = [
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', portal.fields.ParagraphsField(help_text='Hiện ở đầu mọi trang công khai; viết ngắn, nêu rõ từ mấy giờ đến mấy giờ.', max_length=600, verbose_name='nội dung')),
                ('starts_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='hiện từ')),
                ('ends_at', models.DateTimeField(db_index=True, verbose_name='hiện đến')),
            ],
            options={
                'verbose_name': 'thông báo chung',
                'verbose_name_plural': 'thông báo chung',
                'ordering': ['-starts_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='notice_ends_after_it_starts', violation_error_message='Thời điểm kết thúc phải sau thời điểm bắt đầu.')],
            },
        ),
        migrations.AddIndex(
            model_name='pageviews',
            index=models.Index(fields=['day'], name='pageviews_of_a_day'),
        ),
    ]
