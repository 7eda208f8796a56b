package io.edgeflow.gateway.fetch;

import io.edgeflow.process.cli.GatewayCalls;
import io.edgeflow.process.cli.GatewayRefused;
import java.io.IOException;
import java.util.List;

/** Asks a gateway's {@code /api/v1/fetch}. Every method blocks for the answer. */
public final class FetchClient {
  private final GatewayCalls gateway;

  public FetchClient(GatewayCalls gateway) {
    this.gateway = gateway;
  }

  /**
   * @param from, to as {@link Moments} has it, by the gateway's clock and zone
   * @throws GatewayRefused if the gateway refuses
   * @throws IOException if there is no gateway
   */
  public FetchDocument begin(List<String> series, String from, String to, long limit, boolean again)
      throws IOException, InterruptedException {
    String order = FetchOrder.write(series, from, to, limit, again);
    return gateway.post(FetchRoutes.PATH, order, FetchDocument.class);
  }

  /** The newest fetch, ended or not. */
  public FetchDocument newest() throws IOException, InterruptedException {
    return gateway.get(FetchRoutes.PATH, FetchDocument.class);
  }

  public FetchDocument status(String id) throws IOException, InterruptedException {
    return gateway.get(FetchRoutes.PATH + "/" + id, FetchDocument.class);
  }

  public FetchDocument cancel(String id) throws IOException, InterruptedException {
    return gateway.delete(FetchRoutes.PATH + "/" + id, FetchDocument.class);
  }
}
