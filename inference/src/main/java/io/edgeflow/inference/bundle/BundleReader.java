package io.edgeflow.inference.bundle;

import io.edgeflow.inference.bundle.BundleFolder.Content;
import io.edgeflow.inference.bundle.BundleFolder.RefusedException;
import io.edgeflow.process.settings.Document;
import io.edgeflow.process.settings.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads a bundle from a folder that nobody vouches for. Whatever is in it, the answer is a value,
 * and no more of it is held than the limits allow. Blocks while it reads.
 */
public final class BundleReader {
  private static final Set<String> NEEDED =
      Set.of(BundleDocuments.MANIFEST_FILE, Manifest.MODEL_FILE, Bundle.GOLDEN_FILE);
  private static final Set<String> ALLOWED =
      Set.of(Parameters.FILE, Bundle.SIGNATURES_FILE, "README.md", "LICENSE");

  private final BundleLimits limits;

  public BundleReader(BundleLimits limits) {
    this.limits = limits;
  }

  public BundleRead read(Path folder) {
    try {
      return new BundleRead.Good(new Reading(new BundleFolder(folder, limits), limits).all(folder));
    } catch (RefusedException refused) {
      return new BundleRead.Refused(refused.refusal());
    }
  }

  /** A document of a bundle once more, if it still is the one that the bundle was read with. */
  public BundleContent content(Bundle bundle, String name) {
    try {
      BundleFile known = bundle.files().get(name);
      if (known == null) {
        return new BundleContent.Refused(new BundleRefusal.Missing(name));
      }
      Content content = new BundleFolder(bundle.folder(), limits).document(name);
      return content.file().equals(known)
          ? new BundleContent.Bytes(content.bytes())
          : new BundleContent.Refused(new BundleRefusal.Unreadable(name, "has changed"));
    } catch (RefusedException refused) {
      return new BundleContent.Refused(refused.refusal());
    }
  }

  /** Why a file is not the one that the bundle was read with; empty if it is. Blocks. */
  public Optional<BundleRefusal> changed(Bundle bundle, String name) {
    try {
      BundleFile now = new BundleFolder(bundle.folder(), limits).measure(name);
      return now.equals(bundle.files().get(name))
          ? Optional.empty()
          : Optional.of(new BundleRefusal.Unreadable(name, "has changed"));
    } catch (RefusedException refused) {
      return Optional.of(refused.refusal());
    }
  }

  /** One bundle on its way. */
  private static final class Reading {
    private final BundleFolder folder;
    private final SortedMap<String, BundleFile> files = new TreeMap<>();

    private final BundleLimits limits;

    Reading(BundleFolder folder, BundleLimits limits) {
      this.folder = folder;
      this.limits = limits;
    }

    Bundle all(Path path) throws RefusedException {
      Set<String> names = folder.list();
      needs(names, NEEDED);
      fits(names);
      Manifest manifest =
          good(
              BundleDocuments.MANIFEST_FILE,
              BundleDocuments.manifest(document(BundleDocuments.MANIFEST_FILE)));
      var known = new TreeSet<>(NEEDED);
      manifest.variants().forEach(variant -> known.add(variant.file()));
      needs(names, known);
      known.addAll(ALLOWED);
      knows(names, known);
      Parameters parameters = parameters(names, manifest);
      for (String name : names) {
        if (!files.containsKey(name) && !name.equals(Bundle.SIGNATURES_FILE)) {
          files.put(name, measured(name));
        }
      }
      return new Bundle(path, manifest, parameters, BundleDigest.of(files.values()), files);
    }

    private Parameters parameters(Set<String> names, Manifest manifest) throws RefusedException {
      Document<Parameters> read;
      if (names.contains(Parameters.FILE)) {
        read = BundleDocuments.parameters(document(Parameters.FILE), manifest);
      } else {
        Parameters none = Parameters.none(manifest);
        List<Fault> faults = none.faults(manifest);
        read = faults.isEmpty() ? new Document.Good<>(none) : new Document.Faulty<>(faults);
      }
      return good(Parameters.FILE, read);
    }

    private byte[] document(String name) throws RefusedException {
      Content content = folder.document(name);
      files.put(name, content.file());
      return content.bytes();
    }

    private BundleFile measured(String name) throws RefusedException {
      BundleFile file = folder.measure(name);
      if (file.length() == 0 && FileNames.model(name)) {
        throw BundleFolder.refused(new BundleRefusal.Unreadable(name, "is empty"));
      }
      return file;
    }

    private static void needs(Set<String> names, Set<String> needed) throws RefusedException {
      for (String name : new TreeSet<>(needed)) {
        if (!names.contains(name)) {
          throw BundleFolder.refused(new BundleRefusal.Missing(name));
        }
      }
    }

    private static void knows(Set<String> names, Set<String> known) throws RefusedException {
      for (String name : names) {
        if (!known.contains(name)) {
          throw BundleFolder.refused(
              new BundleRefusal.Foreign(
                  name, "is nothing that a bundle has or its manifest names"));
        }
      }
    }

    private void fits(Set<String> names) throws RefusedException {
      long total = 0;
      for (String name : names) {
        long size = folder.size(name);
        if (size > limits.of(name)) {
          throw BundleFolder.refused(new BundleRefusal.TooLarge(name, limits.of(name)));
        }
        total += size;
      }
      if (total > limits.maxTotal()) {
        throw BundleFolder.refused(new BundleRefusal.TooLarge("the bundle", limits.maxTotal()));
      }
    }

    private static <T> T good(String name, Document<T> read) throws RefusedException {
      return switch (read) {
        case Document.Good<T>(T value) -> value;
        case Document.Faulty<T>(List<Fault> faults) ->
            throw BundleFolder.refused(new BundleRefusal.Faulty(name, faults));
      };
    }
  }
}
