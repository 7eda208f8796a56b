package io.edgeflow.gateway.commissioning;

import io.edgeflow.gateway.recorder.LatestReading;
import io.edgeflow.process.http.Readiness;
import java.util.List;

/**
 * Everything that the pages and documents are made of. Each view is called on a worker thread, may
 * wait a moment for the owner of what it shows, and answers with values that nobody changes.
 */
public record GatewayViews(
    LedgerView ledger,
    LatestView latest,
    StatusView status,
    RejectsView rejects,
    ModbusView modbus,
    Readiness readiness) {

  /** The account of readings and frames. */
  @FunctionalInterface
  public interface LedgerView {
    Ledger ledger() throws Exception;
  }

  /** The newest reading of every series, in any order. */
  @FunctionalInterface
  public interface LatestView {
    List<LatestReading> latest() throws Exception;
  }

  /** How the gateway is. */
  @FunctionalInterface
  public interface StatusView {
    Status status() throws Exception;
  }

  /** The polled units; never fails. */
  @FunctionalInterface
  public interface ModbusView {
    ModbusUnits units();
  }

  /** The last inputs that were not accepted, newest first. */
  @FunctionalInterface
  public interface RejectsView {
    List<RejectedInput> rejects() throws Exception;
  }
}
