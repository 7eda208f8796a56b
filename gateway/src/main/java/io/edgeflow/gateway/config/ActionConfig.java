package io.edgeflow.gateway.config;

import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.gateway.actions.ActionRule;
import io.edgeflow.gateway.actions.Cause;
import io.edgeflow.gateway.actions.Interlock;
import io.edgeflow.gateway.modbus.RegisterEncoder;
import io.edgeflow.gateway.modbus.RegisterOrder;
import io.edgeflow.gateway.modbus.RegisterPoint;
import io.edgeflow.gateway.modbus.RegisterType;
import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One output that follows one cause; exactly one of {@code modbus} and {@code mqtt} says which.
 * {@code docs/actions.md} explains them.
 *
 * @param interlock must hold for the output to be on
 * @param maxPerMinute switches within any minute
 * @param expires an older cause switches nothing; 0s for never
 * @param stale how long after its last usable reading the source counts as gone; absent: never
 * @param safe where the output goes when its source is gone
 * @param dryRun everything but the writing
 */
public record ActionConfig(
    String name,
    When when,
    Optional<Register> modbus,
    Optional<Message> mqtt,
    Optional<Interlock> interlock,
    @Default("0s") @Range(min = "0s", max = "1d") Duration minOn,
    @Default("0s") @Range(min = "0s", max = "1d") Duration minOff,
    @Default("30") @Range(min = "1", max = "6000") int maxPerMinute,
    @Default("30s") @Range(min = "0s", max = "1d") Duration expires,
    @Range(min = "100ms", max = "30d") Optional<Duration> stale,
    @Default("off") ActionRule.Safe safe,
    @Default("false") boolean dryRun) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  /**
   * The cause: an alarm of a series, or the series at a threshold or beyond it.
   *
   * @param alarm the whole name, with the limit: {@code flow.hh}
   * @param states of the alarm, in which the output is on; absent: unacknowledged, acknowledged
   * @param hysteresis how far beyond the threshold a value must be back
   * @param hold how long the value must be beyond
   */
  public record When(
      String series,
      Optional<String> alarm,
      List<String> states,
      Optional<Double> above,
      Optional<Double> below,
      @Default("0") double hysteresis,
      @Default("0s") @Range(min = "0s", max = "1d") Duration hold) {
    private static final Set<String> ACTIVE = Set.of("unacknowledged", "acknowledged");
    private static final Set<String> STATES =
        Set.of("normal", "unacknowledged", "acknowledged", "returned-unacknowledged", "shelved");

    public When {
      String fault = SeriesName.fault(series);
      long kinds = count(alarm, above, below);
      new Check()
          .that(fault == null, "series", "must name a series: " + fault)
          .that(kinds == 1, "", "must have exactly one of alarm, above and below")
          .that(STATES.containsAll(states), "states", "must be of " + sorted())
          .that(states.isEmpty() || alarm.isPresent(), "states", "needs alarm")
          .that(
              hysteresis >= 0 && (hysteresis == 0 || alarm.isEmpty()),
              "hysteresis",
              "must be 0 or more, with above or below")
          .that(hold.isZero() || alarm.isEmpty(), "hold", "needs above or below")
          .orRefuse();
    }

    private static String sorted() {
      return String.join(", ", STATES.stream().sorted().toList());
    }

    private Cause cause() {
      if (alarm.isPresent()) {
        return new Cause.Alarm(alarm.get(), series, states.isEmpty() ? ACTIVE : Set.copyOf(states));
      }
      double at = above.or(() -> below).orElseThrow();
      return new Cause.Threshold(series, above.isPresent(), at, hysteresis, hold.toNanos());
    }
  }

  /**
   * A coil, or a raw value in holding registers.
   *
   * @param device as {@code modbus.devices} names it
   * @param order absent: as the device has it
   * @param on what is written to switch it on; with {@code holding} only
   * @param invert on is false; with {@code coil} only
   * @param readBack whether the device is asked what it then holds
   */
  public record Register(
      String device,
      @Range(min = "0", max = "65535") Optional<Integer> coil,
      @Range(min = "0", max = "65535") Optional<Integer> holding,
      @Default("uint16") RegisterType type,
      Optional<ModbusConfig.Order> order,
      Optional<Double> on,
      Optional<Double> off,
      @Default("false") boolean invert,
      @Default("true") boolean readBack) {
    public Register {
      boolean values = on.isPresent() && off.isPresent();
      boolean none = on.isEmpty() && off.isEmpty();
      new Check()
          .that(count(coil, holding) == 1, "", "must have exactly one of coil and holding")
          .that(holding.isEmpty() || values, "holding", "needs on and off")
          .that(
              holding.orElse(0) + type.registers() <= RegisterPoint.ADDRESS_END,
              "holding",
              "must end at 65535, and " + word(type) + " takes " + type.registers())
          .that(coil.isEmpty() || none, "coil", "is true when on; it takes neither on nor off")
          .that(!invert || coil.isPresent(), "invert", "needs coil")
          .that(fits(on, type), "on", "must be a number that " + word(type) + " can hold")
          .that(fits(off, type), "off", "must be a number that " + word(type) + " can hold")
          .orRefuse();
    }

    private static String word(RegisterType type) {
      return type.name().toLowerCase(Locale.ROOT);
    }

    private static boolean fits(Optional<Double> value, RegisterType type) {
      try {
        value.ifPresent(
            number ->
                RegisterEncoder.encode(
                    number, RegisterType.valueOf(type.name()), RegisterOrder.ABCD));
        return true;
      } catch (IllegalArgumentException tooLarge) {
        return false;
      }
    }

    private String output() {
      return device
          + coil.map(at -> " coil " + at).orElse("")
          + holding.map(at -> " holding " + at).orElse("");
    }

    private String value(boolean position) {
      return coil.isPresent()
          ? Boolean.toString(position != invert)
          : (position ? on : off).orElseThrow().toString();
    }
  }

  /**
   * A message at QoS 1 from the gateway's own broker.
   *
   * @param on what is published to switch it on
   * @param retain whether who subscribes later hears of it
   */
  public record Message(String topic, String on, String off, @Default("false") boolean retain) {
    private static final int LONGEST_TOPIC = 512;

    public Message {
      new Check()
          .that(
              !topic.isBlank()
                  && topic.length() <= LONGEST_TOPIC
                  && topic.chars().noneMatch(c -> c == '#' || c == '+' || c == 0)
                  && !topic.startsWith("$"),
              "topic",
              "must be one topic, without wildcards")
          .orRefuse();
    }
  }

  public ActionConfig {
    new Check()
        .that(
            NAME.matcher(name).matches(),
            "name",
            "must be 1 to 40 lower-case letters, digits and dashes, no dash first")
        .that(count(modbus, mqtt) == 1, "", "must have exactly one of modbus and mqtt")
        .orRefuse();
  }

  private static long count(Optional<?>... some) {
    return Stream.of(some).filter(Optional::isPresent).count();
  }

  public ActionRule rule() {
    return new ActionRule(
        name,
        when.cause(),
        modbus.map(Register::output).orElseGet(() -> mqtt.orElseThrow().topic()),
        value(true),
        value(false),
        interlock,
        minOn.toNanos(),
        minOff.toNanos(),
        maxPerMinute,
        TimeUnit.NANOSECONDS.toMicros(expires.toNanos()),
        stale.map(Duration::toNanos).orElse(0L),
        safe,
        dryRun);
  }

  private String value(boolean on) {
    if (modbus.isPresent()) {
      return modbus.get().value(on);
    }
    Message message = mqtt.orElseThrow();
    return on ? message.on() : message.off();
  }
}
