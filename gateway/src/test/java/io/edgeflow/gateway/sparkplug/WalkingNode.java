package io.edgeflow.gateway.sparkplug;

import static io.edgeflow.gateway.sparkplug.Plant.alias;
import static io.edgeflow.gateway.sparkplug.Plant.death;
import static io.edgeflow.gateway.sparkplug.Plant.declared;
import static io.edgeflow.gateway.sparkplug.Plant.named;
import static io.edgeflow.gateway.sparkplug.Plant.payload;
import static io.edgeflow.gateway.sparkplug.Plant.session;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;

/**
 * An edge node that keeps to the rules and draws its aliases anew in every session, so that each
 * alias of before is wrong after it. A value tells whose it is, so that it can be seen in which
 * series it lands.
 */
final class WalkingNode {
  static final int METRICS = 4;
  private static final int DEVICES = 2;
  private static final double EACH = 1_000_000;

  /** A message on its way, with the values that it carries, those of births not counted. */
  record Sent(String level, Payload payload, List<Double> values) {
    /** Whether nothing may overtake it: behind it is another session, or sequence. */
    boolean isBoundary() {
      return level.startsWith("NBIRTH") || level.startsWith("NDEATH");
    }
  }

  private final Random random;
  private final int[][] aliases = new int[DEVICES + 1][METRICS];
  private int seq;
  private int session;
  private long at;
  private int count;

  WalkingNode(Random random) {
    this.random = random;
    drawAliases();
  }

  /** The series that a value belongs to. */
  static String seriesOf(double value) {
    int metric = (int) (value / EACH);
    int device = metric / METRICS;
    return (device == 0 ? "n" : "n/d" + device) + "/m" + metric % METRICS;
  }

  /** Born, and all its devices. */
  List<Sent> birth() {
    List<Sent> sent = new ArrayList<>();
    seq = 0;
    for (int device = 0; device <= DEVICES; device++) {
      sent.add(deviceBirth(device));
    }
    return sent;
  }

  private void drawAliases() {
    List<Integer> free = new ArrayList<>();
    for (int i = 0; i < (DEVICES + 1) * METRICS; i++) {
      free.add(i);
    }
    Collections.shuffle(free, random);
    for (int[] device : aliases) {
      for (int metric = 0; metric < METRICS; metric++) {
        device[metric] = free.removeLast();
      }
    }
  }

  private Sent deviceBirth(int device) {
    Payload.Builder birth = device == 0 ? session(seq(), ++at, session) : payload(seq(), ++at);
    for (int metric = 0; metric < METRICS; metric++) {
      birth.addMetrics(declared("m" + metric, aliases[device][metric], value(device, metric)));
    }
    String level = device == 0 ? "NBIRTH/n" : "DBIRTH/n/d" + device;
    return new Sent(level, birth.build(), List.of());
  }

  /** Its connection is lost, and it has another. */
  List<Sent> reconnect() {
    Sent death = new Sent("NDEATH/n", death(session).build(), List.of());
    session = (session + 1) % 256;
    at += random.nextInt(1_000);
    drawAliases();
    List<Sent> sent = birth();
    // A connection that is taken over may end after the next one began.
    sent.add(random.nextInt(4) == 0 ? 1 : 0, death);
    return sent;
  }

  /** One of its devices dies and comes back with its aliases the other way round. */
  List<Sent> deviceAgain() {
    int device = 1 + random.nextInt(DEVICES);
    Payload death = payload(seq(), ++at).build();
    List<Sent> sent = new ArrayList<>();
    sent.add(new Sent("DDEATH/n/d" + device, death, List.of()));
    int first = aliases[device][0];
    System.arraycopy(aliases[device], 1, aliases[device], 0, METRICS - 1);
    aliases[device][METRICS - 1] = first;
    sent.add(deviceBirth(device));
    return sent;
  }

  Sent data() {
    int device = random.nextInt(DEVICES + 1);
    Payload.Builder data = payload(seq(), ++at);
    List<Double> values = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      int metric = random.nextInt(METRICS);
      double value = value(device, metric);
      values.add(value);
      data.addMetrics(
          random.nextInt(10) == 0
              ? named("m" + metric, value)
              : alias(aliases[device][metric], value));
    }
    String level = device == 0 ? "NDATA/n" : "DDATA/n/d" + device;
    return new Sent(level, data.build(), values);
  }

  private int seq() {
    int next = seq;
    seq = (seq + 1) % 256;
    return next;
  }

  private double value(int device, int metric) {
    return (device * METRICS + metric) * EACH + count++ % 900_000;
  }
}
