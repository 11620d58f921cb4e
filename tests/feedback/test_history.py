"""What was done with a submission stays as it was written."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from feedback.models import Event, Extension
from tests.feedback.builders import make_submission

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_submission().events.create(kind=Event.Kind.NOTE, text="Đã gọi điện hỏi thêm.")


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Khác"},
        {"text": ""},
        {"kind": Event.Kind.STATE},
        {"at": timezone.now()},
        {"before": "Mới"},
    ],
)
def test_nobody_changes_an_event(event, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(**change)
    event.refresh_from_db()
    assert event.text == "Đã gọi điện hỏi thêm."


def test_nobody_deletes_an_event(event):
    with pytest.raises(IntegrityError), transaction.atomic():
        event.delete()
    assert Event.objects.filter(pk=event.pk).exists()


def test_the_words_of_an_event_go_with_the_personal_data(event):
    submission = event.submission
    submission.erased_at = timezone.now()
    submission.save()
    Event.objects.filter(pk=event.pk).update(text="")
    event.refresh_from_db()
    assert event.text == ""
    assert event.kind == Event.Kind.NOTE


def test_an_erased_submission_keeps_who_did_what_and_when(event, django_user_model):
    submission = event.submission
    submission.erased_at = timezone.now()
    submission.save()
    somebody = django_user_model.objects.create(username="ai-do")
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(text="", by=somebody)


def test_an_extension_once_granted_stays():
    extension = make_submission().extensions.create(days=5, reason="Cần xác minh thực địa.")
    for change in ({"days": 10}, {"reason": "Khác"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Extension.objects.filter(pk=extension.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        extension.delete()


def test_of_an_extension_only_the_reason_goes_and_only_with_the_personal_data():
    submission = make_submission()
    extension = submission.extensions.create(days=5, reason="Cần gặp bà Hồng.")
    of_it = Extension.objects.filter(pk=extension.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        of_it.update(reason="(đã xóa)")
    submission.erased_at = timezone.now()
    submission.save()
    for change in ({"days": 10, "reason": "(đã xóa)"}, {"reason": "Khác"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            of_it.update(**change)
    of_it.update(reason="(đã xóa)")
    assert of_it.get().days == 5


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"state": "declined"}, "declined_submission_has_reason"),
        ({"state": "forwarded"}, "forwarded_submission_says_where"),
        ({"kind": "petition"}, "petition_has_address_or_phone"),
    ],
)
def test_the_database_refuses_what_leaves_the_sender_in_the_dark(values, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make_submission(**values)


@pytest.mark.parametrize("values", [{"days": 0}, {"days": 31}, {"days": 5, "reason": ""}])
def test_the_database_refuses_an_extension_without_end_or_reason(values):
    submission = make_submission()
    with pytest.raises(IntegrityError), transaction.atomic():
        submission.extensions.create(**({"reason": "Cần xác minh."} | values))
