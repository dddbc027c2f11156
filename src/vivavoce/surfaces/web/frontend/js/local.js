// The copy of a text that the browser keeps until the program has said that it is saved.
const PREFIX = "vivavoce-draft:";

export function keep(slot, writer, text) {
  try {
    if (text.trim()) localStorage.setItem(`${PREFIX}${slot}:${writer}`, JSON.stringify({ text, at: Date.now() }));
    else localStorage.removeItem(`${PREFIX}${slot}:${writer}`);
    return true;
  } catch {
    return false;
  }
}

export function forget(slot, writer) {
  try {
    localStorage.removeItem(`${PREFIX}${slot}:${writer}`);
  } catch {
    // Nothing was kept then.
  }
}

/** Copies kept for a slot, as {writer, text, at}. */
export function kept(slot) {
  const found = [];
  try {
    for (let i = 0; i < localStorage.length; i += 1) {
      const key = localStorage.key(i);
      if (!key.startsWith(`${PREFIX}${slot}:`)) continue;
      const { text, at } = JSON.parse(localStorage.getItem(key));
      found.push({ writer: key.slice(PREFIX.length + slot.length + 1), text, at });
    }
  } catch {
    // A damaged or forbidden storage holds nothing that can be shown.
  }
  return found;
}
