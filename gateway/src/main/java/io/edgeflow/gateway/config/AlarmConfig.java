package io.edgeflow.gateway.config;

import io.edgeflow.gateway.alarms.AlarmCondition;
import io.edgeflow.gateway.alarms.AlarmCondition.Level;
import io.edgeflow.gateway.alarms.AlarmPriority;
import io.edgeflow.gateway.alarms.AlarmRule;
import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Glob;
import io.edgeflow.process.settings.Range;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Alarms over all series that match; exactly one of {@code limits}, {@code rate}, {@code stale} and
 * {@code state} says when. {@code docs/alarms.md} explains them.
 *
 * @param name fixed for good: the alarms' ids are made of it
 * @param priority of H, L and all others; HH and LL have the next one up
 * @param stale raised when nothing usable came for so long
 * @param onDelay how long the condition must hold
 * @param offDelay how long it must be over
 * @param advice what a person should do
 * @param capture which raw readings go to the cloud when it is raised
 */
public record AlarmConfig(
    String name,
    Glob series,
    @Default("medium") AlarmPriority priority,
    Optional<Limits> limits,
    Optional<Rate> rate,
    @Range(min = "1s", max = "30d") Optional<Duration> stale,
    Optional<States> state,
    @Default("0s") @Range(min = "0s", max = "1d") Duration onDelay,
    @Default("0s") @Range(min = "0s", max = "1d") Duration offDelay,
    @Default("") String advice,
    CaptureConfig capture) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
  private static final int LONGEST_ADVICE = 500;

  /**
   * Limits in the unit of the series, any of them.
   *
   * @param deadband how far beyond its limit a value must be back until the alarm returns
   */
  public record Limits(
      Optional<Double> hh,
      Optional<Double> h,
      Optional<Double> l,
      Optional<Double> ll,
      @Default("0") double deadband) {
    public Limits {
      List<Double> rising = Stream.of(ll, l, h, hh).flatMap(Optional::stream).toList();
      new Check()
          .that(!rising.isEmpty(), "", "must name hh, h, l or ll")
          .that(
              rising.equals(rising.stream().sorted().distinct().toList()),
              "",
              "must rise from ll over l and h to hh")
          .that(deadband >= 0, "deadband", "must be 0 or more")
          .orRefuse();
    }

    private void addTo(AlarmConfig alarm, List<AlarmRule> rules) {
      add(alarm, Level.HH, hh, rules);
      add(alarm, Level.H, h, rules);
      add(alarm, Level.L, l, rules);
      add(alarm, Level.LL, ll, rules);
    }

    private void add(AlarmConfig alarm, Level level, Optional<Double> at, List<AlarmRule> rules) {
      if (at.isPresent()) {
        var condition = new AlarmCondition.Limit(level, at.get(), deadband);
        AlarmPriority base = alarm.priority();
        rules.add(alarm.rule(condition, level.outer() ? base.raised() : base));
      }
    }
  }

  /**
   * Changes per second, in the unit of the series.
   *
   * @param span of the readings' own times over which the change is seen
   * @param deadband per second
   */
  public record Rate(
      Optional<Double> rising,
      Optional<Double> falling,
      @Default("10s") @Range(min = "100ms", max = "1d") Duration span,
      @Default("0") double deadband) {
    public Rate {
      new Check()
          .that(rising.isPresent() || falling.isPresent(), "", "must name rising or falling")
          .that(rising.orElse(1.0) > 0, "rising", "must be above 0")
          .that(falling.orElse(1.0) > 0, "falling", "must be above 0")
          .that(deadband >= 0, "deadband", "must be 0 or more")
          .orRefuse();
    }

    private void addTo(AlarmConfig alarm, List<AlarmRule> rules) {
      rising.ifPresent(limit -> rules.add(alarm.rule(condition(true, limit), alarm.priority())));
      falling.ifPresent(limit -> rules.add(alarm.rule(condition(false, limit), alarm.priority())));
    }

    private AlarmCondition condition(boolean up, double limit) {
      return new AlarmCondition.Rate(up, limit, deadband, micros(span));
    }
  }

  /** States or texts; one of the two. Numbers are compared as numbers. */
  public record States(List<String> in, List<String> notIn) {
    public States {
      new Check()
          .that(in.isEmpty() != notIn.isEmpty(), "", "must name either in or notIn")
          .orRefuse();
    }

    private AlarmCondition condition() {
      return in.isEmpty()
          ? new AlarmCondition.State(notIn, false)
          : new AlarmCondition.State(in, true);
    }
  }

  public AlarmConfig {
    long kinds =
        Stream.of(limits, rate, stale, state)
            .filter(kind -> ((Optional<?>) kind).isPresent())
            .count();
    new Check()
        .that(
            NAME.matcher(name).matches(),
            "name",
            "must be 1 to 40 lower-case letters, digits and dashes, no dash first")
        .that(kinds == 1, "", "must have exactly one of limits, rate, stale and state")
        .that(advice.length() <= LONGEST_ADVICE, "advice", "must be 500 characters or fewer")
        .orRefuse();
  }

  /** One for each limit; their names are this one's and the limit's. */
  public List<AlarmRule> rules() {
    List<AlarmRule> rules = new ArrayList<>();
    limits.ifPresent(some -> some.addTo(this, rules));
    rate.ifPresent(some -> some.addTo(this, rules));
    stale.ifPresent(after -> rules.add(rule(new AlarmCondition.Stale(micros(after)), priority)));
    state.ifPresent(some -> rules.add(rule(some.condition(), priority)));
    return rules;
  }

  private AlarmRule rule(AlarmCondition condition, AlarmPriority urgency) {
    String full =
        switch (condition) {
          case AlarmCondition.Limit _, AlarmCondition.Rate _ ->
              name + "." + condition.word().substring(condition.word().indexOf('-') + 1);
          case AlarmCondition.Stale _, AlarmCondition.State _ -> name;
        };
    return new AlarmRule(
        full,
        series,
        condition,
        micros(onDelay),
        micros(offDelay),
        urgency,
        advice,
        capture.span());
  }

  private static long micros(Duration duration) {
    return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
  }
}
