package io.edgeflow.wire.document;

import io.edgeflow.wire.frame.Incarnation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts the account of an edge into pages of bounded size, greedily and in order. */
final class HelloPages {
  /** Upper bounds of the written form, so that a page need not be written to be measured. */
  private static final int INCARNATION_BYTES = 128;

  private static final int LANE_BYTES = 96;
  private static final int FATE_BYTES = 112;

  private final Hello whole;
  private final int room;
  private final List<List<HeldIncarnation>> pages = new ArrayList<>();
  private List<HeldIncarnation> page = new ArrayList<>();
  private int used;

  private HelloPages(Hello whole) {
    this.whole = whole;
    int frame = HelloJson.write(page(List.of(), 1, Integer.MAX_VALUE)).length;
    // However long its labels, a page must have room for a lane with a fate, or we never end.
    this.room = Math.max(Hello.PAGE_BYTES - frame - 64, 4096);
  }

  static List<Hello> split(Hello whole) {
    HelloPages pages = new HelloPages(whole);
    whole.incarnations().forEach(pages::add);
    pages.turn();
    List<Hello> split = new ArrayList<>();
    for (List<HeldIncarnation> page : pages.pages) {
      split.add(pages.page(page, split.size() + 1, pages.pages.size()));
    }
    return split;
  }

  private Hello page(List<HeldIncarnation> held, int page, int of) {
    return new Hello(
        whole.edge(),
        whole.connection(),
        whole.site(),
        whole.labels(),
        whole.timezone(),
        whole.software(),
        whole.frameVersions(),
        page,
        of,
        held);
  }

  private void add(HeldIncarnation held) {
    if (held.lanes().isEmpty()) {
      makeRoom(INCARNATION_BYTES);
      used += INCARNATION_BYTES;
      page.add(held);
    }
    for (HeldLane lane : held.lanes()) {
      add(held.id(), held.parent(), lane);
    }
  }

  private void add(Incarnation id, @Nullable Incarnation parent, HeldLane lane) {
    int next = 0;
    do {
      makeRoom(INCARNATION_BYTES + LANE_BYTES + FATE_BYTES);
      int fitting = (room - used - INCARNATION_BYTES - LANE_BYTES) / FATE_BYTES;
      int end = Math.min(lane.fates().size(), next + fitting);
      HeldLane part =
          new HeldLane(
              lane.lane(), lane.highest(), lane.runningTotal(), lane.fates().subList(next, end));
      used += INCARNATION_BYTES + LANE_BYTES + (end - next) * FATE_BYTES;
      append(id, parent, part);
      next = end;
    } while (next < lane.fates().size());
  }

  private void append(Incarnation id, @Nullable Incarnation parent, HeldLane part) {
    if (page.isEmpty() || !page.getLast().id().equals(id)) {
      page.add(new HeldIncarnation(id, parent, List.of(part)));
      return;
    }
    List<HeldLane> lanes = new ArrayList<>(page.removeLast().lanes());
    lanes.add(part);
    page.add(new HeldIncarnation(id, parent, lanes));
  }

  private void makeRoom(int bytes) {
    if (used + bytes > room) {
      turn();
    }
  }

  private void turn() {
    if (!page.isEmpty() || pages.isEmpty()) {
      pages.add(page);
    }
    page = new ArrayList<>();
    used = 0;
  }
}
