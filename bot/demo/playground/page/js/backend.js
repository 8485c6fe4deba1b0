// The playground's JSON API: every gesture is one POST that returns when the app has answered.

const HEADERS = { "Content-Type": "application/json", "X-Playground": "page" };

async function answered(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) return { ok: false, notice: `The playground refused: ${body.error || response.status}` };
  return body;
}

export async function post(gesture, body) {
  try {
    const request = { method: "POST", headers: HEADERS, body: JSON.stringify(body) };
    return await answered(await fetch(`/ui/${gesture}`, request));
  } catch (error) {
    return { ok: false, notice: "The playground can't be reached. Is it still running?" };
  }
}

export async function upload(person, file) {
  const query = new URLSearchParams({ as: person, name: file.name });
  const headers = { "X-Playground": "page", "Content-Type": "application/octet-stream" };
  return answered(await fetch(`/ui/upload?${query}`, { method: "POST", headers, body: file }));
}

// Everything `person` sees; with `since` it waits until something has changed.
export async function look(person, since, signal) {
  const query = new URLSearchParams({ as: person, since });
  const response = await fetch(`/ui/state?${query}`, { signal });
  if (!response.ok) throw new Error(`state ${response.status}`);
  return response.json();
}
