"""
Forms that came back with mistakes: no browser keeps the files that were chosen in them.

The empty box looks as if no file had ever been chosen, so each of them says what to choose again.
"""

from django.contrib.admin import ModelAdmin
from django.forms import FileField

AGAIN = "Hãy chọn lại tệp “{name}”: khi trang báo lỗi, trình duyệt không giữ tệp đã chọn."


def ask_again(form) -> None:
    """Say beside each file that nothing is wrong with that it has to be chosen once more."""
    for name, field in form.fields.items():
        file = form.files.get(form.add_prefix(name)) if isinstance(field, FileField) else None
        if file and name not in form.errors:
            form.add_error(name, AGAIN.format(name=file.name))


class ChosenFilesAdmin(ModelAdmin):
    """A model whose form asks again for the files that were chosen in vain."""

    def render_change_form(self, request, context, *args, **kwargs):
        if request.method == "POST":  # it came back
            rows = [form for inline in context["inline_admin_formsets"] for form in inline.formset]
            for form in (context["adminform"].form, *rows):
                ask_again(form)
        return super().render_change_form(request, context, *args, **kwargs)
