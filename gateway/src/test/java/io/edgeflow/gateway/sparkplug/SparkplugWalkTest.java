package io.edgeflow.gateway.sparkplug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A node whose messages are lost, repeated and reordered on the way, births and deaths too. Every
 * value lands in its own series or is missing, and where one is missing a gap is told; requests for
 * a birth are as rare as promised; and when the line is good again nothing is missing any more.
 */
final class SparkplugWalkTest {
  private static final int STEPS = 3_000;

  private final Plant plant = new Plant();
  private final Set<Double> arrived = new HashSet<>();
  private final List<WalkingNode.Sent> line = new ArrayList<>();
  private final List<WalkingNode.Sent> past = new ArrayList<>();
  private Random random = new Random();
  private WalkingNode node = new WalkingNode(random);
  private String seed = "";
  private int answered;
  private long lost;

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 20})
  void endsInRightSeriesOrATold(int percentLost) {
    for (int round = 0; round < 10; round++) {
      long value = Long.getLong("edgeflow.seed", System.nanoTime());
      seed = "seed " + value + " lost " + percentLost + " %";
      System.out.println(seed);
      new SparkplugWalkTest().walk(new Random(value), seed, percentLost);
    }
  }

  private void walk(Random with, String words, int percentLost) {
    random = with;
    seed = words;
    node = new WalkingNode(random);
    plant.ear.each =
        value -> {
          assertEquals(WalkingNode.seriesOf(value.number()), value.series(), seed);
          arrived.add(value.number());
        };
    send(node.birth(), 0);
    for (int step = 0; step < STEPS; step++) {
      step(percentLost);
    }
    askedNoMoreThanPromised();
    settle();
    nothingIsMissingOnAGoodLine();
    assertTrue(lost == 0 || plant.figures().gaps() > 0, seed);
  }

  private void step(int percentLost) {
    int kind = random.nextInt(200);
    if (kind == 0) {
      send(node.reconnect(), percentLost);
    } else if (kind == 1) {
      send(node.deviceAgain(), percentLost);
    } else if (kind == 2) {
      send(node.birth(), percentLost);
    } else {
      send(List.of(node.data()), percentLost);
    }
    answer(percentLost);
    // One in so many messages waits for those behind it, or comes once more.
    while (line.size() > random.nextInt(4)) {
      WalkingNode.Sent next = line.remove(random.nextInt(10) == 0 ? overtaking() : 0);
      deliver(next);
      past.add(next);
      if (random.nextInt(20) == 0) {
        deliver(past.get(Math.max(0, past.size() - 1 - random.nextInt(300))));
      }
    }
    plant.pass(random.nextInt(100) * Plant.SECOND / 1_000);
  }

  private int overtaking() {
    int place = 0;
    while (place + 1 < line.size() && !line.get(place).isBoundary() && random.nextBoolean()) {
      place++;
    }
    return place;
  }

  private void send(List<WalkingNode.Sent> messages, int percentLost) {
    for (WalkingNode.Sent message : messages) {
      // A will is the broker's own word.
      boolean isWill = message.level().startsWith("NDEATH");
      if (!isWill && random.nextInt(100) < percentLost) {
        lost++;
      } else {
        line.add(message);
      }
    }
  }

  private void deliver(WalkingNode.Sent message) {
    long told = plant.ear.count("sparkplug-gap");
    long untaken = untaken();
    plant.say(message.level(), message.payload().toByteArray());
    if (untaken() > untaken) {
      toldOrWaiting(told);
    }
  }

  private long untaken() {
    return plant.host.figures().isEmpty() ? 0 : plant.figures().untaken();
  }

  /** A value that was not taken is told by now, or is as soon as it is clear what came of it. */
  private void toldOrWaiting(long before) {
    boolean open = plant.ear.count("sparkplug-gap") > plant.ear.count("sparkplug-gap-over");
    assertTrue(plant.ear.count("sparkplug-gap") > before || open || !plant.host.idle(), seed);
  }

  /** As a node does that is asked; now and then the request or the answer is lost. */
  private void answer(int percentLost) {
    if (plant.asked.size() > answered) {
      answered = plant.asked.size();
      if (random.nextInt(100) >= percentLost) {
        send(node.birth(), percentLost);
      }
    }
  }

  private void askedNoMoreThanPromised() {
    long most = 1 + plant.nanos.get() / Rebirth.FIRST_PAUSE_NANOS;
    assertTrue(plant.asked.size() <= most, () -> seed + ": " + plant.asked.size() + " of " + most);
  }

  private void settle() {
    while (!line.isEmpty()) {
      plant.say(line.getFirst().level(), line.removeFirst().payload().toByteArray());
    }
    for (int i = 0; i < 700; i++) {
      send(List.of(node.data()), 0);
      answer(0);
      while (!line.isEmpty()) {
        plant.say(line.getFirst().level(), line.removeFirst().payload().toByteArray());
      }
      plant.pass(Plant.SECOND);
    }
  }

  private void nothingIsMissingOnAGoodLine() {
    int asked = plant.asked.size();
    for (int i = 0; i < 600; i++) {
      WalkingNode.Sent data = node.data();
      plant.say(data.level(), data.payload().toByteArray());
      assertTrue(arrived.containsAll(data.values()), seed);
    }
    plant.pass(Plant.SECOND);
    assertEquals(asked, plant.asked.size(), seed);
    assertEquals(plant.ear.count("sparkplug-gap") > 0, plant.figures().gaps() > 0, seed);
    assertEquals("born", plant.figures().state(), seed);
  }
}
