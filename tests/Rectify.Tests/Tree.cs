using System.Runtime.CompilerServices;

namespace Rectify.Tests;

/// <summary>The repository's own files, for the tests that fence them.</summary>
internal static class Tree
{
    private static readonly string[] Made = ["bin", "obj", "node_modules", "lib", "Migrations", ".git", "data", "out"];

    public static string Root { get; } = FindRoot();

    /// <summary>Files under a folder with one of these endings, paths relative to the root; nothing that a build or a tool made.</summary>
    public static IEnumerable<(string Path, string Text)> Files(string folder, params string[] endings) =>
        from file in Directory.Exists(Path.Combine(Root, folder))
            ? Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories) : []
        let path = Path.GetRelativePath(Root, file).Replace('\\', '/')
        where endings.Contains(Path.GetExtension(file)) && !path.Split('/').Intersect(Made).Any()
        orderby path
        select (path, File.ReadAllText(file));

    private static string FindRoot([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "../../.."));
}
