// A reply that arrives line by line, each line a JSON object.

/** Call `each` with every object, until `signal` says to stop. Throws `Error` with the program's own words when it refuses, `TypeError` when it is gone. */
export async function readLines(url, body, each, signal) {
  const response = await fetch(url, { method: "POST", body, signal, headers: { accept: "application/x-ndjson, application/json" } });
  if (!response.ok) {
    const answer = await response.json().catch(() => ({}));
    throw new Error(answer.message ?? `The program answered ${response.status}.`);
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    rest += value ?? "";
    const lines = rest.split("\n");
    rest = lines.pop();
    for (const line of lines) if (line) each(JSON.parse(line));
    if (done) return;
  }
}
