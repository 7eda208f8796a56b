package io.edgeflow.lab.drill;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;

/** The link goes up and down. */
record FlapDrill(Duration length, Duration half) implements Drill {
  @Override
  public String name() {
    return "flap";
  }

  @Override
  public Stage.Settings settings() {
    return Stage.Settings.standard();
  }

  @Override
  public Played play(Stage stage) throws InterruptedException {
    Crowd crowd = stage.speak();
    stage.awaitLinked(Stage.START);
    long end = System.nanoTime() + length.toNanos();
    int flaps = 0;
    while (System.nanoTime() < end) {
      stage.link().refuse();
      TimeUnit.NANOSECONDS.sleep(half.toNanos());
      stage.link().pass();
      TimeUnit.NANOSECONDS.sleep(half.toNanos());
      flaps++;
      if (flaps % 10 == 0) {
        stage.say(
            "down and up %d times, %d readings acknowledged, %d connections got through"
                .formatted(flaps, crowd.acknowledged(), stage.link().connections()));
      }
    }
    SequencedMap<String, Object> figures = new LinkedHashMap<>();
    figures.put("flaps", flaps);
    figures.put("connections", stage.link().connections());
    figures.put("connectionsCut", stage.link().cuts());
    return Played.of(
            "The link went down and up %d times, %d ms each, under load. %d connections got through; %d were cut."
                .formatted(flaps, half.toMillis(), stage.link().connections(), stage.link().cuts()),
            figures)
        .requiring(stage.link().cuts() > 0, "no connection was ever cut, so nothing is proved");
  }
}
