package org.isotrope.laws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds what makes operators: every public method and constructor of every public class of a library, by reflection. */
final class Factories {
    private Factories() {}

    /**
     * All public ways to a product.
     *
     * @param library any class of the library
     * @param product what is made
     * @return methods and constructors that give one, without those that only implement what a supertype declares
     */
    static List<Executable> of(Class<?> library, Class<?> product) {
        return classes(library).stream()
                .filter(Factories::isPublic)
                .flatMap(owner -> Stream.concat(constructors(owner, product), methods(owner, product)))
                .sorted(Comparator.comparing(Executable::toString))
                .toList();
    }

    /** Public methods that give the product wrapped in something else, so that {@link #of} does not see them. */
    static List<Method> wrapping(Class<?> library, Class<?> product) {
        return classes(library).stream()
                .filter(Factories::isPublic)
                .flatMap(owner -> Stream.of(owner.getMethods()))
                .filter(method -> !product.isAssignableFrom(method.getReturnType())
                        && holds(method.getGenericReturnType(), product))
                .distinct()
                .toList();
    }

    private static boolean holds(Type type, Class<?> product) {
        return switch (type) {
            case ParameterizedType generic -> Stream.of(generic.getActualTypeArguments()).anyMatch(a -> holds(a, product));
            case GenericArrayType array -> holds(array.getGenericComponentType(), product);
            case WildcardType wild -> Stream.of(wild.getUpperBounds()).anyMatch(bound -> holds(bound, product));
            case Class<?> raw -> product.isAssignableFrom(raw.isArray() ? raw.getComponentType() : raw);
            default -> false;
        };
    }

    /** Class and method, as exceptions name them. */
    static String name(Executable factory) {
        return factory instanceof Constructor<?> made ? "new " + made.getDeclaringClass().getSimpleName()
                : factory.getDeclaringClass().getSimpleName() + "." + factory.getName();
    }

    /** The class of what is made. */
    static Class<?> made(Executable factory) {
        return factory instanceof Method method ? method.getReturnType() : factory.getDeclaringClass();
    }

    private static boolean isPublic(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return Modifier.isPublic(type.getModifiers()) && (outer == null || isPublic(outer));
    }

    private static Stream<Executable> constructors(Class<?> owner, Class<?> product) {
        return product.isAssignableFrom(owner) && !Modifier.isAbstract(owner.getModifiers())
                ? Stream.of(owner.getConstructors()) : Stream.empty();
    }

    private static Stream<Executable> methods(Class<?> owner, Class<?> product) {
        return Stream.of(owner.getMethods())
                .filter(method -> !method.isBridge() && product.isAssignableFrom(method.getReturnType()))
                // what a class inherits is found with the supertype, unless nobody can see that
                .filter(method -> method.getDeclaringClass() == owner || !isPublic(method.getDeclaringClass()))
                .filter(method -> !implementsAnother(method, owner))
                .map(Executable.class::cast);
    }

    private static boolean implementsAnother(Method method, Class<?> owner) {
        return !Modifier.isStatic(method.getModifiers())
                && supertypes(owner).filter(type -> type != owner && isPublic(type)).anyMatch(type -> {
                    try {
                        type.getDeclaredMethod(method.getName(), method.getParameterTypes());
                        return true;
                    } catch (NoSuchMethodException own) {
                        return false;
                    }
                });
    }

    private static Stream<Class<?>> supertypes(Class<?> type) {
        Stream<Class<?>> above = Stream.of(type.getInterfaces());
        if (type.getSuperclass() != null) {
            above = Stream.concat(above, Stream.of(type.getSuperclass()));
        }
        return Stream.concat(Stream.of(type), above.flatMap(Factories::supertypes));
    }

    private static List<Class<?>> classes(Class<?> library) {
        try {
            URI place = library.getProtectionDomain().getCodeSource().getLocation().toURI();
            if (Files.isDirectory(Path.of(place))) {
                return classes(Path.of(place), library.getClassLoader());
            }
            try (FileSystem jar = FileSystems.newFileSystem(Path.of(place), Map.of())) {
                return classes(jar.getPath("/"), library.getClassLoader());
            }
        } catch (IOException | URISyntaxException unreadable) {
            throw new IllegalStateException("the classes beside " + library + " cannot be listed", unreadable);
        }
    }

    private static List<Class<?>> classes(Path root, ClassLoader loader) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
                    .<Class<?>>map(file -> {
                        String name = file.substring(0, file.length() - ".class".length()).replaceAll("[/\\\\]", ".");
                        try {
                            return Class.forName(name, false, loader);
                        } catch (ClassNotFoundException gone) {
                            throw new UncheckedIOException(new IOException(file + " cannot be loaded", gone));
                        }
                    })
                    .toList();
        }
    }
}
