package io.edgeflow.cloud.intake;

import io.edgeflow.cloud.store.Plant;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.Fate;
import io.edgeflow.wire.document.FateRange;
import io.edgeflow.wire.document.HeldIncarnation;
import io.edgeflow.wire.document.HeldLane;
import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.document.Verdict;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * An edge that keeps delivered frames and does what the rules ask of it: it says hello when it
 * connects and when the database changes its name (L12), and sends again what the cloud lacks and
 * it still has (L3).
 */
final class KeepingEdge implements AutoCloseable {
  private final Plant plant;
  private final Map<Long, Frame> frames = new TreeMap<>();
  private final Map<Long, Frame> kept = new TreeMap<>();
  private final Map<Long, Fate> fates = new TreeMap<>();
  private PahoEdge link;
  private int heard;
  private String database = "";
  private int hellos;

  KeepingEdge(Plant plant, int port) throws MqttException {
    this.plant = plant;
    this.link = PahoEdge.connect(plant.edge(), port, Optional.empty());
    hello();
  }

  void reconnect(int port) throws MqttException {
    link.close();
    link = PahoEdge.connect(plant.edge(), port, Optional.empty());
    heard = 0;
    hello();
  }

  /** Numbers a frame of one reading and sends it. */
  void send() throws MqttException {
    Frame frame = plant.windows("pump/flow", Plant.window(frames.size(), 1));
    frames.put(frame.id().number(), frame);
    kept.put(frame.id().number(), frame);
    link.send(frame);
  }

  /** Room was needed: delivered frames go first. */
  void forget(long number) {
    kept.remove(number);
  }

  /** Its name. */
  String database() {
    return database;
  }

  int hellos() {
    return hellos;
  }

  boolean isSettled() throws MqttException {
    react();
    return fates.size() == frames.size();
  }

  long committed() {
    return fates.values().stream().filter(fate -> fate == Fate.COMMITTED).count();
  }

  private void react() throws MqttException {
    while (heard < link.heard().size()) {
      react(link.heard().get(heard++));
    }
  }

  private void react(Acknowledgement answer) throws MqttException {
    for (long number : frames.keySet()) {
      Optional<Verdict> verdict = verdict(answer, number);
      if (verdict.equals(Optional.of(Verdict.COMMITTED))) {
        fates.put(number, Fate.COMMITTED);
      } else if (answer.full() && verdict.isEmpty()) {
        lacking(number);
      }
    }
    boolean changed = !answer.database().equals(database);
    database = answer.database();
    if (changed && !answer.full()) {
      hello();
    }
  }

  private void lacking(long number) throws MqttException {
    Frame frame = kept.get(number);
    if (frame == null) {
      fates.put(number, Fate.DROPPED);
    } else {
      fates.remove(number);
      link.send(frame);
    }
  }

  private Optional<Verdict> verdict(Acknowledgement answer, long number) {
    return PahoEdge.verdict(answer, new FrameId(plant.incarnation(), Lane.WINDOW, number));
  }

  private void hello() throws MqttException {
    hellos++;
    List<FateRange> ranges = new ArrayList<>();
    fates.forEach((number, fate) -> ranges.add(new FateRange(number, number, fate, 1)));
    HeldLane lane = new HeldLane(Lane.WINDOW, frames.size(), frames.size(), ranges);
    link.send(
        new Hello(
            plant.edge(),
            plant.incarnation() + "-" + hellos,
            "",
            Map.of(),
            "UTC",
            "test",
            List.of(1),
            1,
            1,
            List.of(new HeldIncarnation(plant.incarnation(), null, List.of(lane)))));
  }

  @Override
  public void close() throws MqttException {
    link.close();
  }
}
