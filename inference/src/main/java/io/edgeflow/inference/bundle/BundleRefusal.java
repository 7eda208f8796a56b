package io.edgeflow.inference.bundle;

import io.edgeflow.process.settings.Fault;
import java.util.List;
import java.util.stream.Collectors;

/** Why something is no bundle. Its text is for a log or a person, on short lines. */
public sealed interface BundleRefusal {
  /** There is no such folder, or it cannot be listed. */
  record NoFolder(String reason) implements BundleRefusal {
    @Override
    public String toString() {
      return "is no folder that can be read: " + reason;
    }
  }

  /** A file that every bundle has, or that its manifest names, is not there. */
  record Missing(String file) implements BundleRefusal {
    @Override
    public String toString() {
      return file + " is missing";
    }
  }

  /** Something that no bundle holds: a folder, a link, a file that nothing names. */
  record Foreign(String entry, String reason) implements BundleRefusal {
    @Override
    public String toString() {
      return entry + " " + reason;
    }
  }

  /** A file, or all of them together, are larger than is read. */
  record TooLarge(String what, long limitBytes) implements BundleRefusal {
    @Override
    public String toString() {
      return what + " has more than " + limitBytes + " bytes";
    }
  }

  /** A file that cannot be read, or is not the one that was read before. */
  record Unreadable(String file, String reason) implements BundleRefusal {
    @Override
    public String toString() {
      return file + " " + reason;
    }
  }

  /** A document that is not what it has to be. */
  record Faulty(String file, List<Fault> faults) implements BundleRefusal {
    public Faulty {
      faults = List.copyOf(faults);
    }

    @Override
    public String toString() {
      return faults.stream()
          .map(fault -> "  " + fault)
          .collect(Collectors.joining("\n", file + " is faulty:\n", ""));
    }
  }
}
