from django.urls import path

from feedback.views import (
    answers,
    challenges,
    confirming,
    opinions,
    polls,
    promises,
    sending,
    suggestions,
    tracking,
)

app_name = "feedback"

urlpatterns = [
    path("gop-y/", sending.send, name="send"),
    path("gop-y/da-nhan/", sending.received, name="received"),
    path("gop-y/da-nhan/ma.wav", sending.received_sound, name="received-sound"),
    path("gop-y/goi-y/", suggestions.suggest, name="suggest"),
    path("gop-y/ma/", challenges.challenge_parts, name="challenge"),
    path("gop-y/ma/<str:token>.png", challenges.challenge_image, name="challenge-image"),
    path("gop-y/ma/<str:token>.wav", challenges.challenge_sound, name="challenge-sound"),
    path("gop-y/xac-nhan/<str:token>/", confirming.confirm, name="confirm"),
    path("gop-y/tra-cuu/", tracking.track, name="track"),
    path("gop-y/hoi-dap/", answers.answers, name="answers"),
    path("gop-y/hoi-dap/<int:pk>/", answers.answer, name="answer"),
    path("gop-y/cam-ket/", promises.promises, name="promises"),
    path("gop-y/cam-ket.csv", promises.promises_csv, name="promises-csv"),
    path("gop-y/cam-ket.json", promises.promises_json, name="promises-json"),
    path("danh-gia/", polls.poll, name="poll"),
    path("danh-gia/ket-qua/", polls.poll_results, name="poll-results"),
    path(
        "danh-gia/ket-qua/<slug:slug>.csv",
        polls.poll_file,
        {"as_file": polls.as_csv_file},
        name="poll-csv",
    ),
    path(
        "danh-gia/ket-qua/<slug:slug>.json",
        polls.poll_file,
        {"as_file": polls.as_json_file},
        name="poll-json",
    ),
    path("danh-gia/nhung/<slug:slug>/", polls.poll_embed, name="poll-embed"),
    path("danh-gia/bai-viet/<slug:slug>/", opinions.opinion, name="opinion"),
]
