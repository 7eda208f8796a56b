package io.edgeflow.gateway.site.mandate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgeflow.wire.document.DeployState;
import io.edgeflow.wire.document.Deployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * R6 in a world in which the hub is killed between any two steps, its machine is switched off for a
 * while, clocks are believed or not, edges come and go, and models are good or bad. The seed is in
 * the name of the test.
 */
final class SiteSimulationTest {
  private static final int SITES = 400;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 20261121, 987654321})
  void neverBeginsAWaveTooSoonAndLeavesNobodyBehind(long seed) {
    Map<Phase, Integer> ends = new HashMap<>();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < SITES; i++) {
      ends.merge(new Site(random.split()).run(), 1, Integer::sum);
    }
    assertTrue(ends.getOrDefault(Phase.DONE, 0) > SITES / 20, ends::toString);
    assertTrue(ends.getOrDefault(Phase.BACK, 0) > SITES / 20, ends::toString);
  }

  /** The process dies here. */
  private static final class Killed extends RuntimeException {
    Killed() {
      super(null, null, false, false);
    }
  }

  private static final class Member {
    private final String name;
    private final int wave;
    private final boolean isGood;
    private final long takes;
    private boolean online = true;
    private long number;
    private long since;
    private DeployState state = DeployState.ACTIVE;
    private boolean proven = true;

    Member(String name, int wave, boolean isGood, long takes) {
      this.name = name;
      this.wave = wave;
      this.isGood = isGood;
      this.takes = takes;
    }

    void hears(long document, long minute) {
      if (document > number) {
        number = document;
        since = minute;
        proven = false;
      }
    }

    void lives(long minute) {
      if (!proven && state == DeployState.ACTIVE && minute - since >= takes) {
        boolean well = isGood || number == Papers.BACK;
        state = well ? DeployState.ACTIVE : DeployState.ROLLED_BACK;
        proven = well;
      }
      if (number == Papers.BACK) {
        state = DeployState.ACTIVE;
      }
    }

    boolean isThrough() {
      return number == Papers.FORWARD && proven;
    }

    boolean hasFailed() {
      return state == DeployState.ROLLED_BACK;
    }
  }

  private static final class Site {
    private final SplittableRandom random;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Map<String, Long> retained = new HashMap<>();
    private final Plan plan;
    private String disk;
    private SiteRollout rollout;
    private Map<String, Deployment> reports = new HashMap<>();
    private long minute;
    private int boot;
    private long bootedAt;
    private boolean believed = true;

    Site(SplittableRandom random) {
      this.random = random;
      List<List<String>> waves = new ArrayList<>();
      for (int wave = 0; wave < 3; wave++) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
          String name = "w" + wave + "e" + i;
          names.add(name);
          members.put(name, new Member(name, wave, random.nextInt(8) > 0, 1 + random.nextLong(8)));
        }
        waves.add(names);
      }
      plan = Papers.plan(random.nextInt(2), waves);
      rollout = SiteRollout.begin(plan.digest(), Age.begin(now(), plan.issuedMicros()));
      disk = write(rollout);
    }

    Phase run() {
      for (minute = 1; minute < 200; minute++) {
        world();
        boolean away = random.nextInt(10) > 0;
        try {
          hub(away, random.nextInt(4) == 0);
        } catch (Killed killed) {
          restart();
        }
      }
      // In the end all are there, and the hub lives.
      believed = true;
      members.values().forEach(member -> member.online = true);
      for (int i = 0; i < 50; i++, minute++) {
        members.values().forEach(this::meet);
        hub(true, false);
      }
      if (rollout.phase() == Phase.BACK) {
        for (Member member : members.values()) {
          assertTrue(
              member.number != Papers.FORWARD, () -> member.name + " was left behind: " + rollout);
        }
      } else {
        assertTrue(
            members.values().stream().filter(Member::hasFailed).count() <= plan.failuresAllowed(),
            () -> "too many failed: " + rollout);
      }
      if (rollout.phase() == Phase.DONE) {
        assertTrue(members.values().stream().allMatch(m -> m.isThrough() || m.hasFailed()));
      }
      return rollout.phase();
    }

    private void world() {
      members.values().forEach(this::meet);
      List<Member> all = List.copyOf(members.values());
      all.get(random.nextInt(all.size())).online = random.nextInt(3) > 0;
      if (!believed) {
        believed = random.nextInt(3) == 0;
      }
    }

    private void meet(Member member) {
      if (member.online) {
        member.hears(retained.getOrDefault(member.name, 0L), minute);
      }
      member.lives(minute);
      if (member.online && member.number > 0) {
        reports.put(
            member.name, Papers.report(member.name, member.number, member.state, member.proven));
      }
    }

    private void hub(boolean away, boolean mayDie) {
      SiteRollout before = rollout;
      SiteRollout after = before.step(plan, new View(away, now(), Map.copyOf(reports), Map.of()));
      die(mayDie);
      if (!after.isLike(before)) {
        disk = write(after);
        if (after.begun() > before.begun()) {
          judge(after);
        }
      }
      rollout = after;
      die(mayDie);
      if (away) {
        rollout
            .orders(plan)
            .forEach(
                (edge, order) -> {
                  assertTrue(
                      order.number() >= retained.getOrDefault(edge, 0L),
                      () -> edge + " was sent forward again");
                  retained.put(edge, order.number());
                  die(mayDie);
                });
      }
    }

    /** As somebody sees it who knows everything. */
    private void judge(SiteRollout after) {
      assertTrue(minute < Papers.LASTS.toMinutes(), () -> "begun too late: " + after);
      members.values().stream()
          .filter(member -> member.wave < after.begun() - 1)
          .forEach(
              member ->
                  assertTrue(
                      member.isThrough() || member.hasFailed(),
                      () -> member.name + " has proved nothing: " + after));
      long failures = members.values().stream().filter(Member::hasFailed).count();
      assertTrue(failures <= plan.failuresAllowed(), () -> failures + " failed: " + after);
    }

    private void die(boolean mayDie) {
      if (mayDie && random.nextInt(4) == 0) {
        throw new Killed();
      }
    }

    private void restart() {
      reports = new HashMap<>();
      if (random.nextInt(3) == 0) {
        boot++;
        minute += random.nextLong(40);
        bootedAt = minute;
        believed = false;
        // The broker's retained documents are in memory; edges have theirs.
        retained.clear();
      }
      rollout = read(disk);
      assertEquals(plan.digest(), rollout.mandate());
    }

    private Moment now() {
      return new Moment(
          "boot-" + boot,
          Duration.ofMinutes(minute - bootedAt).toNanos(),
          believed
              ? OptionalLong.of(plan.issuedMicros() + Duration.ofMinutes(minute).toMillis() * 1000)
              : OptionalLong.empty());
    }

    private static String write(SiteRollout rollout) {
      try {
        return MAPPER.writeValueAsString(rollout);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static SiteRollout read(String text) {
      try {
        return MAPPER.readValue(text, SiteRollout.class);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
