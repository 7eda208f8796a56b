package io.edgeflow.lab.drill;

import io.edgeflow.lab.child.Service;
import io.edgeflow.lab.doom.DoomedGateway;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Gateway, cloud and database are killed under load.
 *
 * @param kills of each victim
 * @param hoardBytes of frames that wait already when the first kill comes; the link then stays down
 *     until the last kill is over
 * @param kafka two clouds, which share frames over Kafka; one of them is killed at a time
 */
record KillDrill(int kills, Set<Victim> victims, long hoardBytes, boolean kafka) implements Drill {
  private static final int TELL_EVERY = 10;
  private static final long ROOM_BYTES = 4L << 20;

  @Override
  public String name() {
    return "kill";
  }

  KillDrill(int kills, Set<Victim> victims) {
    this(kills, victims, 0, false);
  }

  /** Segments so small, and room so tight, that rolling, sealing and deleting never stop. */
  @Override
  public Stage.Settings settings() {
    return Stage.Settings.standard()
        .run(DoomedGateway.class.getName())
        .overKafka(kafka)
        .and(
            "journal.segmentBytes=64KiB",
            "buffer.maxBytes=" + (ROOM_BYTES + 2 * hoardBytes),
            "buffer.keepDelivered=10s")
        .with(Crowd.Load.everyForm(120));
  }

  @Override
  public Played play(Stage stage) throws IOException, InterruptedException {
    if (hoardBytes > 0) {
      hoard(stage);
    }
    Crowd crowd = stage.speak();
    var lives = new GatewayLives(stage.house().gateway(), crowd, stage.random());
    lives.awaitSpeech();
    List<Victim> order = order(stage.seed());
    int outages = 0;
    for (int done = 0; done < order.size(); done++) {
      if (hoardBytes == 0 && stage.random().nextInt(8) == 0) {
        outages += toggle(stage);
      }
      kill(stage, lives, order.get(done));
      if ((done + 1) % TELL_EVERY == 0) {
        stage.say(
            "%d of %d kills, %d readings acknowledged; start to ready: %s"
                .formatted(done + 1, order.size(), crowd.acknowledged(), lives.starts()));
      }
    }
    stage.link().pass();
    lives.live();
    return account(crowd, lives, outages);
  }

  /** Leaves a gateway that has found them, and no link. */
  private void hoard(Stage stage) throws IOException, InterruptedException {
    stage.link().refuse();
    Service gateway = stage.house().gateway();
    gateway.child().stop(Stage.START);
    stage.say("sealing frames into " + hoardBytes + " bytes of backlog");
    int frames = Hoard.seal(stage.house().gatewayDirectory(), hoardBytes, stage.random());
    gateway.start();
    gateway.awaitReady(Stage.START);
    long waiting = stage.edgeAccount().buffered();
    if (waiting < frames) {
      throw new DrillFailure(
          "of %d sealed frames the gateway found %d only".formatted(frames, waiting));
    }
    stage.say("%d frames wait".formatted(waiting));
  }

  private List<Victim> order(long seed) {
    List<Victim> order = new ArrayList<>();
    for (Victim victim : victims) {
      order.addAll(Collections.nCopies(kills, victim));
    }
    Collections.shuffle(order, new Random(seed));
    return order;
  }

  /** A link that is down for some kills lets a backlog grow. */
  private static int toggle(Stage stage) {
    if (stage.random().nextBoolean()) {
      stage.link().refuse();
      return 1;
    }
    stage.link().pass();
    return 0;
  }

  private static void kill(Stage stage, GatewayLives lives, Victim victim)
      throws IOException, InterruptedException {
    switch (victim) {
      case GATEWAY -> lives.one();
      case CLOUD -> {
        lives.live();
        // The moment is the point here, so time simply passes.
        TimeUnit.MILLISECONDS.sleep(200 + stage.random().nextInt(2_300));
        Service cloud = oneOf(stage);
        cloud.child().kill();
        stage.shared().ifPresent(others -> moveLink(stage, others));
        cloud.start();
        if (stage.random().nextBoolean()) {
          cloud.awaitReady(Stage.START);
        }
      }
      case KAFKA -> {
        lives.live();
        TimeUnit.MILLISECONDS.sleep(200 + stage.random().nextInt(2_300));
        Service broker = stage.shared().orElseThrow().broker();
        broker.child().kill();
        TimeUnit.MILLISECONDS.sleep(stage.random().nextInt(1_500));
        broker.start();
        if (stage.random().nextBoolean()) {
          Patience.until("Kafka is back", Stage.START, stage.shared().orElseThrow()::isBrokerUp);
        }
      }
      case DATABASE -> {
        lives.live();
        TimeUnit.MILLISECONDS.sleep(200 + stage.random().nextInt(2_300));
        if (stage.shared().isPresent()) {
          stage.shared().get().killDatabase();
        } else {
          stage.house().postmaster().ifPresent(ProcessHandle::destroyForcibly);
        }
      }
    }
  }

  private static Service oneOf(Stage stage) {
    return stage.shared().isPresent() && stage.random().nextBoolean()
        ? stage.shared().get().second()
        : stage.house().cloud();
  }

  /** The edge's next connection goes to either, whichever of them died. */
  private static void moveLink(Stage stage, SharedClouds others) {
    stage
        .link()
        .aim(stage.random().nextBoolean() ? others.secondBroker() : stage.house().cloudBroker());
  }

  private Played account(Crowd crowd, GatewayLives lives, int outages) {
    SequencedMap<String, Object> figures = new LinkedHashMap<>();
    figures.put("killsOfEach", kills);
    figures.put("victims", victims);
    figures.put("intake", kafka ? "kafka" : "mqtt");
    figures.put("hoardBytes", hoardBytes);
    figures.put("gatewayDied", lives.died());
    figures.put("gatewayDiedHow", lives.deaths());
    figures.put("readyMillis.median", lives.starts().quantile(0.5));
    figures.put("readyMillis.p99", lives.starts().quantile(0.99));
    figures.put("readyMillis.max", lives.starts().max());
    String how =
        lives.deaths().entrySet().stream()
            .map(death -> death.getValue() + " " + death.getKey())
            .collect(Collectors.joining(", "));
    String account =
        ("Killed with -9 under load. The gateway died %d times: %s. %s The link was down in %d"
             + " stretches. %d MiB of backlog lay there from the beginning. From the start of the"
             + " gateway's process to ready: %s.")
            .formatted(
                lives.died(),
                how.isEmpty() ? "never" : how,
                others(),
                outages,
                hoardBytes >> 20,
                lives.starts());
    return Played.of(account, figures)
        // Sensors find the broker of the last life only after this, and repeat then.
        .requiringAtRest(
            () -> crowd.repetitions() > 0 || lives.died() == 0,
            "no kill ever hit a message on its way, so nothing is proved");
  }

  private String others() {
    return victims.stream()
        .filter(victim -> victim != Victim.GATEWAY)
        .map(victim -> "The %s died %d times.".formatted(victim.word(), kills))
        .collect(Collectors.joining(" "));
  }
}
