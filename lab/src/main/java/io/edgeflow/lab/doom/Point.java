package io.edgeflow.lab.doom;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** Where in its work with the disk a gateway dies. */
public enum Point {
  /** Making the journal durable: what was acknowledged is before it (J1, J5). */
  SYNC(300),
  /** Writing to the journal, of which only a part arrives: a torn tail (J2). */
  WRITE(300),
  /** Beginning a segment with its checkpoint, up to its name (J1, J3). */
  CHECKPOINT(12),
  /** Writing, syncing and reading back a file of the backlog under its temporary name (J8). */
  SEAL(12),
  /** Giving a file its final name (J8). */
  RENAME(4),
  /** Deleting what is no longer needed (J8, J10). */
  DELETE(4),
  /** Whatever is done from the start on: recovery itself (J4). */
  RECOVERY(150);

  private static final Set<Operation> WORK_ON_FILES =
      Set.of(Operation.CREATE, Operation.OPEN, Operation.WRITE, Operation.FORCE, Operation.READ);

  private final int usual;

  Point(int usual) {
    this.usual = usual;
  }

  enum Operation {
    LIST,
    CREATE,
    OPEN,
    READ,
    WRITE,
    FORCE,
    RENAME,
    DELETE,
    SYNC_DIRECTORY
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * About how many such operations happen in a second or two under load: where to die at random.
   */
  public int usual() {
    return usual;
  }

  /** Whether an operation on a file is one of this point. */
  boolean matches(Operation operation, Path file) {
    return switch (this) {
      case SYNC -> operation == Operation.FORCE && ofJournal(file);
      case WRITE -> operation == Operation.WRITE && ofJournal(file);
      case CHECKPOINT -> WORK_ON_FILES.contains(operation) && ofJournal(file) && temporary(file);
      case SEAL -> WORK_ON_FILES.contains(operation) && !ofJournal(file) && temporary(file);
      case RENAME -> operation == Operation.RENAME;
      case DELETE -> operation == Operation.DELETE;
      case RECOVERY -> true;
    };
  }

  private static boolean ofJournal(Path file) {
    Path folder = file.getParent();
    return folder != null && folder.endsWith("journal");
  }

  private static boolean temporary(Path file) {
    return file.toString().endsWith(".tmp");
  }
}
