package io.edgeflow.inference.golden;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.inference.prepare.Withheld;
import java.util.Optional;

/** One thing that did not come out as a golden vector says. */
public sealed interface Deviation {
  Place place();

  /**
   * Where it was.
   *
   * @param vector its name
   * @param timeMicros that the row stands for
   */
  record Place(String vector, long timeMicros) {
    @Override
    public String toString() {
      return vector + " at " + timeMicros;
    }
  }

  /**
   * A score is further off than allowed, or is no finite number.
   *
   * @param allowed how far it might have been off
   */
  record WrongScore(Place place, String output, double expected, double got, double allowed)
      implements Deviation {
    @Override
    public String toString() {
      return place + ": " + output + " is " + got + ", not " + expected + " ±" + allowed;
    }
  }

  /** The model answered another number of scores. */
  record WrongLength(Place place, int expected, int got) implements Deviation {
    @Override
    public String toString() {
      return place + ": " + got + " scores, not " + expected;
    }
  }

  /** The model answered nothing. */
  record Failed(Place place, String reason) implements Deviation {
    @Override
    public String toString() {
      return place + ": the model failed: " + reason;
    }
  }

  /**
   * There was no row.
   *
   * @param why if a reason was given
   */
  record NoRow(Place place, Optional<Withheld> why) implements Deviation {
    @Override
    public String toString() {
      return place + ": no row" + why.map(reason -> ", but " + reason).orElse("");
    }
  }

  /** There was a row where none is expected. */
  record UnexpectedRow(Place place) implements Deviation {
    @Override
    public String toString() {
      return place + ": a row that is not expected";
    }
  }

  /** There was a row, of another quality. */
  record WrongQuality(Place place, Quality expected, Quality got) implements Deviation {
    @Override
    public String toString() {
      return place + ": quality " + got + ", not " + expected;
    }
  }

  /** There rightly was no row, but not for that reason. */
  record WrongReason(Place place, Withheld expected, Optional<Withheld> got) implements Deviation {
    @Override
    public String toString() {
      return place + ": " + got.map(Withheld::name).orElse("nothing") + ", not " + expected;
    }
  }

  /** The readings make more rows than are looked at. */
  record TooMany(Place place, int limit) implements Deviation {
    @Override
    public String toString() {
      return place + ": more than " + limit + " rows";
    }
  }
}
