using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Rectify.Tests;

public sealed class RoomTests
{
    // Which rooms each room may use. A new line here is a design decision: give it a record in docs/decisions.
    internal static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Platform"] = ["Proof"],
        ["Calendars"] = ["Platform", "Organisation"],
        ["Networks"] = ["Platform", "Calendars"],
        ["Reading"] = ["Platform"],
        ["Grammar"] = ["Platform", "Reading"],
        ["Papers"] = ["Platform"],
        ["Organisation"] = ["Platform", "Reading", "Papers"],
        ["Consistency"] = ["Platform", "Calendars", "Grammar"],
        ["Tasks"] = ["Platform", "Calendars", "Grammar", "Organisation", "Papers"],
        ["CommandLine"] = ["Platform", "Calendars", "Reading", "Grammar", "Organisation", "Tasks", "Plans", "Dispatch", "Evidence", "Deadlines", "Workbooks", "Bulletins", "Dossiers", "Notifications", "Procedures", "Closure", "Notices", "LookBacks", "Publishing", "Schedule", "Charts", "Portal", "Networks", "Forecast", "Wall", "Redaction"],
        ["Dispatch"] = ["Platform", "Calendars", "Grammar", "Organisation", "Tasks", "Papers", "Evidence"],
        ["Bulletins"] = ["Platform", "Grammar", "Organisation", "Tasks", "Dispatch", "Evidence", "Papers"],
        ["Deadlines"] = ["Platform", "Organisation", "Tasks", "Evidence"],
        ["Workbooks"] = ["Platform", "Reading", "Grammar", "Papers", "Organisation", "Tasks", "Dispatch"],
        ["Plans"] = ["Platform", "Calendars", "Reading", "Grammar", "Organisation", "Tasks", "Papers"],
        ["Evidence"] = ["Platform", "Reading", "Grammar", "Organisation", "Tasks", "Papers"],
        ["Dossiers"] = ["Platform", "Organisation", "Tasks", "Evidence", "Papers", "Dispatch"],
        ["Procedures"] = ["Platform", "Calendars", "Organisation", "Tasks"],
        ["Closure"] = ["Platform", "Calendars", "Grammar", "Papers", "Organisation", "Tasks", "Evidence", "Dossiers", "Procedures"],
        ["Notices"] = ["Platform", "Calendars", "Grammar", "Papers", "Consistency", "Organisation", "Tasks", "Evidence", "Dossiers", "Procedures", "Closure"],
        ["Notifications"] = ["Platform", "Calendars", "Grammar", "Organisation", "Tasks", "Dispatch", "Evidence", "Dossiers", "Deadlines", "Procedures", "Closure", "Notices", "LookBacks"],
        ["LookBacks"] = ["Platform", "Grammar", "Organisation", "Tasks", "Evidence"],
        ["Schedule"] = ["Platform", "Calendars", "Networks", "Grammar", "Papers", "Organisation", "Tasks"],
        ["Charts"] = ["Platform", "Networks", "Grammar", "Papers", "Organisation", "Tasks", "Procedures", "Closure", "Schedule"],
        ["Forecast"] = ["Platform", "Grammar", "Organisation", "Tasks", "Dispatch", "Schedule"],
        ["Wall"] = ["Platform", "Grammar", "Organisation", "Tasks", "Dispatch"],
        ["Redaction"] = ["Platform", "Organisation", "Tasks"],
        ["Publishing"] = ["Platform", "Proof"],
        ["Portal"] = ["Platform", "Proof", "Grammar", "Organisation", "Tasks", "Plans", "Evidence", "Procedures", "Closure", "Notices", "LookBacks", "Publishing"],
    };

    [Fact]
    public void Rooms_use_only_the_rooms_that_the_map_allows() => Assert.Empty(
        from file in Sources()
        from Match use in Regex.Matches(file.Text, @"\bRectify\.(\w+)")
        let room = file.Path.Split('/')[0]
        let other = use.Groups[1].Value
        where other != room && !Arrows[room].Contains(other)
        select $"{file.Path} uses {other}");

    [Fact]
    public void Only_a_map_opens_a_table() => Assert.Empty(
        from file in Sources()
        where file.Text.Contains(".Set<", StringComparison.Ordinal) && !file.Path.EndsWith("Map.cs", StringComparison.Ordinal)
        select file.Path);

    [Fact]
    public void No_file_is_longer_than_400_lines() => Assert.Empty(
        from file in Sources()
        where file.Text.Count(c => c == '\n') > 400
        select file.Path);

    private static IEnumerable<(string Path, string Text)> Sources([CallerFilePath] string here = "")
    {
        var root = Path.GetFullPath(Path.Combine(here, "../../../src/Rectify"));
        return
            from file in Directory.EnumerateFiles(root, "*.*", SearchOption.AllDirectories)
            let path = Path.GetRelativePath(root, file).Replace('\\', '/')
            where Path.GetExtension(file) is ".cs" or ".razor"
            where path.Contains('/') && !path.Split('/').Intersect(["bin", "obj", "Migrations"]).Any()
            select (path, File.ReadAllText(file));
    }
}
