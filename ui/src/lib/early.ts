/** Takes the frame away that index.html draws before there is a first screen; again does nothing. */
export function leaveEarly(): void {
  // A frame later, when what replaces it has been painted.
  requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById('early')?.remove()));
}
