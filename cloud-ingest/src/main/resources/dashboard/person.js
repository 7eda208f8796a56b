/** Who sits here, as they said last. */

export function remembered() {
  try {
    return localStorage.getItem("edgeflow.who") ?? "";
  } catch {
    return ""; // Storage can be forbidden.
  }
}

export function remember(who) {
  try {
    localStorage.setItem("edgeflow.who", who);
  } catch {
    // Asked again next time.
  }
}
