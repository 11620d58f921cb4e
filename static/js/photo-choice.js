// Shows the photo that is chosen beside its box.

function show(select) {
  const place = select.closest(".related-widget-wrapper")?.querySelector("[data-photo-choice]");
  if (!place) return;
  place.replaceChildren();
  if (!select.value) return;
  const picture = new Image(96, 72);
  picture.className = "thumbnail";
  picture.alt = ""; // described by the choice beside it
  picture.src = place.dataset.photoChoice.replace("/0/", `/${select.value}/`);
  place.append(picture);
}

// An autocomplete tells only jQuery what was chosen; so does the window that adds a photo.
window.django?.jQuery(document).on("change", "select.admin-autocomplete", ({ target }) => {
  show(target);
});
