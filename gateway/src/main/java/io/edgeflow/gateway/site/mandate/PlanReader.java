package io.edgeflow.gateway.site.mandate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgeflow.gateway.site.mandate.Plan.Order;
import io.edgeflow.gateway.site.mandate.Plan.Seat;
import io.edgeflow.process.trust.OrderCheck;
import io.edgeflow.wire.document.Desired;
import io.edgeflow.wire.document.DesiredSlot;
import io.edgeflow.wire.document.Digests;
import io.edgeflow.wire.document.Mandate;
import io.edgeflow.wire.document.Parsed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Reads a signed mandate, with every document in it: one that its edge would refuse makes the whole
 * mandate worthless, because the hub would wait for that edge in vain.
 *
 * @param edge this hub
 */
record PlanReader(OrderCheck check, String audience, String edge) {
  /** What came of it. */
  sealed interface Read {}

  record Good(Plan plan) implements Read {}

  record Refused(String why) implements Read {}

  /** Ends a reading; never leaves this class. */
  private static final class Unfit extends Exception {
    private final String why;

    Unfit(String why) {
      super(why, null, false, false);
      this.why = why;
    }
  }

  /** Never throws, whatever the bytes. */
  Read read(byte[] signed) {
    try {
      String payload = payload(signed, Mandate.TYPE, Mandate.MAX_SIGNED_BYTES, "the mandate");
      return switch (Mandate.parse(payload)) {
        case Parsed.Refused<Mandate>(String why) -> new Refused(why);
        case Parsed.Ok<Mandate>(Mandate mandate) -> new Good(plan(Digests.of(signed), mandate));
      };
    } catch (Unfit unfit) {
      return new Refused(unfit.why);
    }
  }

  private String payload(byte[] signed, String type, int most, String what) throws Unfit {
    return switch (check.check(signed, type, most)) {
      case OrderCheck.Trusted trusted -> trusted.payload();
      case OrderCheck.Refused refused -> throw new Unfit(what + ": " + refused.refusal());
    };
  }

  private Plan plan(String digest, Mandate mandate) throws Unfit {
    if (!mandate.audience().equals(audience) || !mandate.edge().equals(edge)) {
      throw new Unfit("it is for " + mandate.edge() + " of " + mandate.audience());
    }
    Set<String> names = new HashSet<>();
    List<List<Seat>> waves = new ArrayList<>();
    for (Mandate.Wave wave : mandate.waves()) {
      List<Seat> seats = new ArrayList<>();
      for (Mandate.Member member : wave.members()) {
        if (!names.add(member.edge())) {
          throw new Unfit(member.edge() + " is in it twice");
        }
        seats.add(seat(member, mandate.rollout()));
      }
      waves.add(seats);
    }
    return new Plan(
        digest,
        mandate.rollout(),
        TimeUnit.MILLISECONDS.toMicros(mandate.issuedMillis()),
        mandate.lasts(),
        mandate.patience(),
        mandate.failuresAllowed(),
        waves);
  }

  private Seat seat(Mandate.Member member, String rollout) throws Unfit {
    Order forward = order(member.edge(), member.forward(), rollout);
    Order back = order(member.edge(), member.back(), "");
    if (forward.slots().isEmpty()) {
      throw new Unfit("the way there of " + member.edge() + " asks for nothing");
    }
    if (back.number() <= forward.number()) {
      throw new Unfit("the way back of " + member.edge() + " has no higher number");
    }
    return new Seat(member.edge(), forward, back);
  }

  private Order order(String member, String signed, String rollout) throws Unfit {
    String payload =
        payload(signed.getBytes(UTF_8), Desired.TYPE, Desired.MAX_SIGNED_BYTES, member);
    if (!(Desired.parse(payload) instanceof Parsed.Ok<Desired>(Desired desired))) {
      throw new Unfit("a document of " + member + " cannot be read");
    }
    if (!desired.edge().equals(member) || !desired.audience().equals(audience)) {
      throw new Unfit("a document of " + member + " is of " + desired.edge());
    }
    List<DesiredSlot> slots =
        desired.slots().stream().filter(slot -> slot.rollout().equals(rollout)).toList();
    return new Order(desired.number(), Digests.of(payload), signed, slots);
  }
}
