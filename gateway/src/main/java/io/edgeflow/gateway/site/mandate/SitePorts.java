package io.edgeflow.gateway.site.mandate;

import io.edgeflow.process.trust.OrderCheck;
import io.edgeflow.wire.frame.EventSeverity;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;

/** What a hub's mandate needs of the rest of the gateway. */
public interface SitePorts {
  Moment now();

  /** How long the cloud has been away, monotonic; 0 while it is there. */
  long awayNanos();

  /** With the newest keys; empty while none are known. */
  Optional<OrderCheck> check();

  /**
   * The signed bytes of a mandate from whoever is above. Blocks for seconds at most.
   *
   * @throws IOException if nobody gives it now
   */
  byte[] fetch(String digest) throws IOException, InterruptedException;

  /** Gives an edge, which may be this one, its document. Returns at once. */
  void tell(String edge, byte[] signed);

  /** Returns at once. */
  void event(EventSeverity severity, String type, String message, SortedMap<String, String> detail);
}
