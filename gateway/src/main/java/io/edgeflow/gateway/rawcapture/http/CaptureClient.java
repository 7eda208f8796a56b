package io.edgeflow.gateway.rawcapture.http;

import io.edgeflow.process.cli.GatewayCalls;
import io.edgeflow.process.http.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Asks a gateway's {@code /api/v1/captures}; refusals as {@link GatewayCalls} tells them. */
public final class CaptureClient {
  private final GatewayCalls gateway;

  public CaptureClient(GatewayCalls gateway) {
    this.gateway = gateway;
  }

  /**
   * @param length as in {@code 10m}
   */
  public CaptureDocument begin(List<String> series, String length, String who, String why)
      throws IOException, InterruptedException {
    var order = Map.of("series", series, "for", length, "who", who, "why", why);
    return gateway.post(CaptureRoutes.PATH, Json.text(order), CaptureDocument.class);
  }

  public CaptureDocument.Page list() throws IOException, InterruptedException {
    return gateway.get(CaptureRoutes.PATH, CaptureDocument.Page.class);
  }

  public CaptureDocument end(String id, String who) throws IOException, InterruptedException {
    String query = "?who=" + URLEncoder.encode(who, StandardCharsets.UTF_8);
    String path = CaptureRoutes.PATH + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    return gateway.delete(path + query, CaptureDocument.class);
  }
}
