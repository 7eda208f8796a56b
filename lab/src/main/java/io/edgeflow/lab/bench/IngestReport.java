package io.edgeflow.lab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The figures of {@link IngestBench}, for people and for programs. */
final class IngestReport {
  private static final double BARE_TARGET = 0.4;
  private static final double MOSQUITTO_TARGET = 0.7;
  private static final int TARGET_WINDOW = 1_000;

  private final int clients;
  private final int rounds;
  private final double seconds;
  private final List<Row> rows = new ArrayList<>();

  IngestReport(int clients, int rounds, double seconds) {
    this.clients = clients;
    this.rounds = rounds;
    this.seconds = seconds;
  }

  /**
   * One send window.
   *
   * @param results of each side, by round
   */
  record Row(int window, List<String> sides, List<List<PublishLoad.Result>> results) {
    /** Acknowledged publishes a second; absent for a side that is not there. */
    OptionalDouble perSecond(String side) {
      int index = sides.indexOf(side);
      return index < 0
          ? OptionalDouble.empty()
          : OptionalDouble.of(
              median(results.get(index).stream().map(PublishLoad.Result::perSecond).toList()));
    }

    /** The gateway's rate over the side's. */
    OptionalDouble ratioTo(String side) {
      OptionalDouble other = perSecond(side);
      OptionalDouble gateway = perSecond(IngestSides.GATEWAY);
      return other.isEmpty() || gateway.isEmpty()
          ? OptionalDouble.empty()
          : OptionalDouble.of(gateway.getAsDouble() / other.getAsDouble());
    }

    long acknowledged(String side) {
      int index = sides.indexOf(side);
      return index < 0
          ? 0
          : results.get(index).stream().mapToLong(PublishLoad.Result::acknowledged).sum();
    }

    double generatorCores() {
      return results.stream()
          .flatMap(List::stream)
          .mapToDouble(PublishLoad.Result::generatorCores)
          .max()
          .orElse(0);
    }

    private static double median(List<Double> values) {
      return values.stream().sorted().toList().get(values.size() / 2);
    }
  }

  void add(Row row) {
    rows.add(row);
  }

  /** In all rows. */
  long acknowledgedByGateway() {
    return rows.stream().mapToLong(row -> row.acknowledged(IngestSides.GATEWAY)).sum();
  }

  String text() {
    var text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "ingest: acknowledged QoS 1 publishes/s, %d clients, median of %d rounds of %.1f s%n",
            clients,
            rounds,
            seconds));
    text.append(
        "  window  gateway (synced)  bare broker   ratio    mosquitto   ratio  load's cores");
    for (Row row : rows) {
      text.append(
          String.format(
              Locale.ROOT,
              "%n  %6d  %16s  %11s  %6s  %11s  %6s  %12.2f",
              row.window(),
              rate(row.perSecond(IngestSides.GATEWAY)),
              rate(row.perSecond(IngestSides.BARE)),
              ratio(row.ratioTo(IngestSides.BARE)),
              rate(row.perSecond(IngestSides.MOSQUITTO)),
              ratio(row.ratioTo(IngestSides.MOSQUITTO)),
              row.generatorCores()));
    }
    for (Row row : rows) {
      if (row.window() == TARGET_WINDOW) {
        text.append(verdict(row, IngestSides.BARE, BARE_TARGET));
        text.append(verdict(row, IngestSides.MOSQUITTO, MOSQUITTO_TARGET));
      }
    }
    return text.toString();
  }

  private static String verdict(Row row, String side, double target) {
    OptionalDouble ratio = row.ratioTo(side);
    return ratio.isEmpty()
        ? String.format(Locale.ROOT, "%n  %s: not measured", side)
        : String.format(
            Locale.ROOT,
            "%n  target at window %d: %.1f of %s, %s",
            row.window(),
            target,
            side,
            ratio.getAsDouble() >= target ? "reached" : "missed");
  }

  private static String rate(OptionalDouble value) {
    return value.isEmpty() ? "-" : String.format(Locale.ROOT, "%,.0f", value.getAsDouble());
  }

  private static String ratio(OptionalDouble value) {
    return value.isEmpty() ? "-" : String.format(Locale.ROOT, "%.2f", value.getAsDouble());
  }

  String json() {
    var entries = new ArrayList<String>();
    for (Row row : rows) {
      entries.add(
          String.format(
              Locale.ROOT,
              "{\"window\":%d,\"gatewayPerSecond\":%s,\"barePerSecond\":%s,\"ratioToBare\":%s,"
                  + "\"mosquittoPerSecond\":%s,\"ratioToMosquitto\":%s,\"generatorCores\":%.3f}",
              row.window(),
              number(row.perSecond(IngestSides.GATEWAY)),
              number(row.perSecond(IngestSides.BARE)),
              number(row.ratioTo(IngestSides.BARE)),
              number(row.perSecond(IngestSides.MOSQUITTO)),
              number(row.ratioTo(IngestSides.MOSQUITTO)),
              row.generatorCores()));
    }
    return String.format(
        Locale.ROOT,
        "{\"benchmark\":\"ingest\",\"clients\":%d,\"targetToBare\":%.1f,"
            + "\"targetToMosquitto\":%.1f,\"windows\":[%s]}",
        clients,
        BARE_TARGET,
        MOSQUITTO_TARGET,
        String.join(",", entries));
  }

  private static String number(OptionalDouble value) {
    return value.isEmpty() ? "null" : String.format(Locale.ROOT, "%.4f", value.getAsDouble());
  }
}
