package io.edgeflow.cloud.rollup;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/** Fails before the statement after so many. */
final class CutConnection {
  private static final Set<String> COUNTED =
      Set.of("prepareStatement", "createStatement", "commit");

  private final Connection real;
  private int left;

  CutConnection(Connection real, int statements) {
    this.real = real;
    this.left = statements;
  }

  boolean isCut() {
    return left < 0;
  }

  Connection proxy() {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) -> {
              if (COUNTED.contains(method.getName()) && --left < 0) {
                throw new SQLException("cut", "08006");
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }
}
