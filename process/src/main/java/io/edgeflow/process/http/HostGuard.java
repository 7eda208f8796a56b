package io.edgeflow.process.http;

import io.edgeflow.process.settings.Loopback;
import java.util.Optional;

/**
 * Keeps a web page of a stranger, opened on this machine, from reading a server on loopback: such a
 * page can let its own name point here (DNS rebinding), but then that name is what it asks for. And
 * it may send here what changes something, but then it says where it comes from.
 */
final class HostGuard {
  private final boolean loopback;

  HostGuard(String listenerHost) {
    this.loopback = Loopback.holds(listenerHost);
  }

  Optional<Answer> refuse(String method, String host, String origin) {
    if (loopback && !host.isEmpty() && !Loopback.holds(name(host))) {
      return Optional.of(
          Answer.error(421, "misdirected", "this server is for localhost only, not " + host));
    }
    boolean changes = !method.equals("GET") && !method.equals("HEAD") && !method.equals("OPTIONS");
    if (changes && !origin.isEmpty() && !origin.replaceFirst("^https?://", "").equals(host)) {
      return Optional.of(Answer.error(403, "cross-origin", "only this server's own pages may"));
    }
    return Optional.empty();
  }

  /** The name without the port: {@code [::1]:8081}, {@code localhost:8081}. */
  private static String name(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }
}
