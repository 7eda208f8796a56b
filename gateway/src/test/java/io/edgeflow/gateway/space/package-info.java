@org.jspecify.annotations.NullMarked
package io.edgeflow.gateway.space;
