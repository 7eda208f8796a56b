package io.edgeflow.lab.account;

import io.edgeflow.lab.account.EdgeAccount.Amount;
import io.edgeflow.lab.account.EdgeAccount.LaneAccount;
import io.edgeflow.wire.frame.Lane;
import java.util.function.Function;

/** Prints the ledger of both ends for a person. */
public final class LedgerTable {
  private LedgerTable() {}

  public static String of(EdgeAccount edge, CloudAccount cloud, Balance balance) {
    var text = new StringBuilder("\nreadings at the edge\n");
    row(text, "received", edge.received());
    row(text, "  accepted", edge.accepted());
    row(text, "    folded into windows", edge.folded());
    row(text, "    duplicate", edge.duplicate());
    row(text, "    pending", edge.pending());
    row(text, "  rejected", edge.rejected());
    row(text, "  refused", edge.refused());
    row(text, "  of the accepted: unstamped", edge.unstamped());
    row(text, "  of the accepted: another value for one stamp", edge.conflict());
    text.append(
        "\n%-24s %21s %21s %21s%n".formatted("frames / readings", "event", "window", "raw"));
    lanes(text, "edge: framed", lane -> edge.lane(lane).framed());
    lanes(text, "edge: delivered", lane -> edge.lane(lane).delivered());
    lanes(text, "edge: buffered", lane -> edge.lane(lane).buffered());
    lanes(text, "edge: refused, dropped", lane -> lost(edge.lane(lane)));
    lanes(text, "cloud: committed", cloud::committed);
    text.append("%-24s".formatted("cloud: in the tables"));
    for (Lane lane : Lane.values()) {
      text.append(" %21s".formatted(lane == Lane.EVENT ? "-" : "/ " + cloud.inTables(lane)));
    }
    text.append("\n\n");
    balance.checks().forEach(check -> text.append(line(check)));
    return text.append(balance.holds() ? "the ledger balances\n" : "THE LEDGER DOES NOT BALANCE\n")
        .toString();
  }

  private static void row(StringBuilder text, String name, long count) {
    text.append("  %-46s %12d%n".formatted(name, count));
  }

  private static void lanes(StringBuilder text, String name, Function<Lane, Amount> amount) {
    text.append("%-24s".formatted(name));
    for (Lane lane : Lane.values()) {
      Amount of = amount.apply(lane);
      text.append(" %21s".formatted(of.frames() + " / " + of.readings()));
    }
    text.append('\n');
  }

  private static Amount lost(LaneAccount lane) {
    return new Amount(
        lane.refused().frames() + lane.conflict().frames() + lane.dropped().frames(),
        lane.refused().readings() + lane.conflict().readings() + lane.dropped().readings());
  }

  private static String line(Balance.Check check) {
    return check.holds()
        ? "  ok   %s%n".formatted(check.rule())
        : "  OFF  %s: %d, %d%n".formatted(check.rule(), check.left(), check.right());
  }
}
