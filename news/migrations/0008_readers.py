import django.db.models.deletion
import portal.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('news', '0007_one_library'),
    ]

    operations = [
        migrations.CreateModel(
            name='ArticleWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.IntegerField()),
                ('article', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='news.article')),
            ],
            options={
                'verbose_name': 'từ đặc trưng',
                'verbose_name_plural': 'từ đặc trưng',
                'default_permissions': (),
                'indexes': [models.Index(fields=['word', '-article'], name='article_word')],
            },
        ),
        migrations.CreateModel(
            name='MonthCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(db_index=True)),
                ('articles', models.IntegerField()),
                ('category', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='news.category')),
                ('tag', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='news.tag')),
            ],
            options={
                'verbose_name': 'số bài của tháng',
                'verbose_name_plural': 'số bài theo tháng',
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='article',
            name='revised_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name='article',
            name='related',
            field=models.ManyToManyField(blank=True, help_text='Hiện trước các bài cổng tự tìm theo chủ đề, chuyên mục và nội dung.', to='news.article', verbose_name='tin liên quan'),
        ),
        migrations.AlterField(
            model_name='correction',
            name='text',
            field=portal.fields.ParagraphsField(help_text='Nêu chỗ sai và nội dung đúng. Hiện ngay dưới sapo và ở trang “Đính chính”.', verbose_name='nội dung đính chính'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('state', 'approved')), fields=['-published_at', '-id'], include=('expires_at',), name='article_published'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('is_featured', True), ('state', 'approved')), fields=['-published_at', '-id'], name='article_featured'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('expires_at__isnull', False), ('state', 'approved')), fields=['expires_at'], name='article_expiring'),
        ),
    ]
