// Keeps the glass a screen: no context menu on a long press, nothing dragged off the page, no file dropped on it.
for (const name of ["contextmenu", "dragstart", "dragover", "drop"]) {
  document.addEventListener(name, (event) => event.preventDefault());
}
