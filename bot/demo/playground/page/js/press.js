// A press lasts from button down to button up: what is drawn anew between the two would swallow it.

let lifted = null; // settles when the button is up again; null while nothing is pressed
let lift = () => {};

addEventListener("pointerdown", () => {
  if (lifted) return;
  lifted = new Promise((resolve) => { lift = resolve; });
}, true);

for (const end of ["pointerup", "pointercancel"]) addEventListener(end, up, true);

function up() {
  const done = lift;
  lifted = null;
  lift = () => {};
  setTimeout(done); // the click itself comes after this event
}

// Wait until no press is under way.
export async function released() {
  while (lifted) await lifted;
}
