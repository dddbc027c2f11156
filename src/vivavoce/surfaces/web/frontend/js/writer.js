// Who is writing: one id per tab, kept over reloads, so that two tabs never overwrite each other's text.
const KEY = "vivavoce-tab";
let known = null;

/** The id of this tab. A duplicated tab inherits the storage of its original and must not inherit its id. */
export function tabId() {
  known ??= find();
  return known;
}

async function find() {
  let id = null;
  try {
    id = sessionStorage.getItem(KEY);
  } catch {
    // Storage may be switched off; then a reload is a new writer and its old text is offered.
  }
  if (!id || !(await claim(id))) {
    id = `tab-${crypto.randomUUID().slice(0, 13)}`;
    await claim(id);
  }
  try {
    sessionStorage.setItem(KEY, id);
  } catch {
    // As above.
  }
  return id;
}

/** Hold a lock named after the id as long as this page lives; false when another living page holds it. */
function claim(id) {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    // After a reload the old page may hold the lock for some milliseconds more.
    const patience = AbortSignal.timeout(400);
    navigator.locks
      .request(`${KEY}:${id}`, { signal: patience }, () => {
        resolve(true);
        return new Promise(() => {});
      })
      .catch(() => resolve(false));
  });
}
