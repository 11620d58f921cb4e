// Takes the tracking code out of the address bar, so that it does not stay in the history or
// show over a shoulder; the page remains.

history.replaceState(null, "", location.pathname);
