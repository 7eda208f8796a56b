package io.edgeflow.cloud.deploy;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * A database whose connection is cut before a statement of one's choice, or just after a commit.
 */
final class CutDatabase {
  private static final Set<String> COUNTED =
      Set.of("execute", "executeQuery", "executeUpdate", "commit");

  private final DataSource real;
  private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);

  CutDatabase(DataSource real) {
    this.real = real;
  }

  /**
   * @param statements that still pass; a commit counts twice: before and after it
   */
  void cutAfter(long statements) {
    left.set(statements);
  }

  boolean wasCut() {
    return left.get() < 0;
  }

  DataSource source() {
    return proxy(
        DataSource.class,
        (_, method, args) -> {
          Object result = call(real, method, args);
          return result instanceof Connection connection ? cut(connection) : result;
        });
  }

  private Connection cut(Connection connection) {
    return proxy(
        Connection.class,
        (_, method, args) -> {
          boolean commits = method.getName().equals("commit");
          if (commits) {
            pass(connection, true);
          }
          Object result = call(connection, method, args);
          if (commits) {
            pass(connection, true);
          }
          return result instanceof PreparedStatement prepared ? cut(connection, prepared) : result;
        });
  }

  private PreparedStatement cut(Connection connection, PreparedStatement prepared) {
    return proxy(
        PreparedStatement.class,
        (_, method, args) -> {
          if (COUNTED.contains(method.getName())) {
            pass(connection, false);
          }
          return call(prepared, method, args);
        });
  }

  /** Only at commits the connection really ends: that takes long, and elsewhere it is the same. */
  private void pass(Connection connection, boolean ends) throws SQLException {
    if (left.getAndDecrement() <= 0) {
      if (ends) {
        connection.abort(Runnable::run);
      }
      throw new SQLException("cut", "08006");
    }
  }

  private static Object call(Object target, java.lang.reflect.Method method, Object[] args)
      throws Throwable {
    try {
      return method.invoke(target, args);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
