package io.edgeflow.wire.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** L3: an account of any size goes in pages of bounded size. */
final class HelloPagesTest {
  private final Random random = new Random(11);

  @Test
  void keepsEveryPageBelowItsBoundAndLosesNothing() {
    List<HeldIncarnation> held = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      held.add(held(random.nextInt(5) == 0 ? 3000 : random.nextInt(20)));
    }
    List<Hello> pages = with(held).paged();
    assertTrue(pages.size() > 5, () -> pages.size() + " pages");
    Map<String, Integer> fates = new TreeMap<>();
    for (int i = 0; i < pages.size(); i++) {
      Hello page = pages.get(i);
      assertEquals(i + 1, page.page());
      assertEquals(pages.size(), page.pages());
      assertTrue(page.toBytes().length <= Hello.PAGE_BYTES, () -> page.toBytes().length + " bytes");
      assertEquals(new Parsed.Ok<>(page), Hello.parse(page.toBytes()));
      count(page, fates);
    }
    Map<String, Integer> all = new TreeMap<>();
    count(with(held), all);
    assertEquals(all, fates);
  }

  @Test
  void saysHelloOnOnePageWithNothingToTell() {
    assertEquals(List.of(with(List.of())), with(List.of()).paged());
    assertEquals(List.of(Documents.hello()), Documents.hello().paged());
  }

  @Test
  void endsEvenWithLabelsThatFillAPage() {
    Hello small = with(List.of(held(200)));
    Hello large =
        new Hello(
            small.edge(),
            small.connection(),
            small.site(),
            Map.of(
                "a",
                "x".repeat(16_000),
                "b",
                "x".repeat(16_000),
                "c",
                "x".repeat(16_000),
                "d",
                "x".repeat(16_000)),
            small.timezone(),
            small.software(),
            small.frameVersions(),
            1,
            1,
            small.incarnations());
    assertTrue(large.paged().size() > 1);
  }

  private HeldIncarnation held(int ranges) {
    List<FateRange> fates = new ArrayList<>();
    long next = 1;
    for (int i = 0; i < ranges; i++) {
      long from = next + 1 + random.nextLong(1L << 40);
      next = from + random.nextInt(1000);
      fates.add(new FateRange(from, next, Fate.SUPERSEDED, random.nextLong(1L << 62)));
    }
    return new HeldIncarnation(
        Incarnation.random(random),
        Incarnation.random(random),
        List.of(
            new HeldLane(Lane.WINDOW, next + 5, 1L << 62, fates),
            new HeldLane(Lane.RAW, 0, 0, List.of())));
  }

  private static Hello with(List<HeldIncarnation> held) {
    Hello hello = Documents.hello();
    return new Hello(
        hello.edge(),
        hello.connection(),
        hello.site(),
        hello.labels(),
        hello.timezone(),
        hello.software(),
        hello.frameVersions(),
        1,
        1,
        held);
  }

  private static void count(Hello hello, Map<String, Integer> fates) {
    for (HeldIncarnation held : hello.incarnations()) {
      for (HeldLane lane : held.lanes()) {
        fates.merge(held.id() + lane.lane().word() + lane.highest(), 0, Integer::sum);
        lane.fates().forEach(range -> fates.merge(held.id() + " " + range, 1, Integer::sum));
      }
    }
  }
}
