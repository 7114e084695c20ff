using System.Xml.Linq;
using Rectify.Networks;
using Rectify.Platform;
using Rectify.Schedule;

namespace Rectify.Bench;

/// <summary>Reads every Microsoft Project XML below a folder, such as MPXJ's public samples (github.com/joniles/mpxj, junit/data), and holds what was read against a count of the file's own elements.</summary>
/// <remarks>Nothing is fetched and nothing of the samples stands in this tree: whoever has them names the folder.</remarks>
internal static class SamplesBench
{
    /// <returns>0 where every file was read with all its tasks or refused with a code; 1 otherwise.</returns>
    public static async Task<int> RunAsync(string folder)
    {
        var (files, read, wrong) = (0, 0, 0);
        foreach (var path in Directory.EnumerateFiles(folder, "*.xml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (Root(path) is not { } root)
            {
                continue;
            }

            files++;
            var said = await SayAsync(path, root);
            read += said.Read ? 1 : 0;
            wrong += said.Wrong ? 1 : 0;
            await Console.Out.WriteLineAsync($"{(said.Wrong ? "WRONG" : said.Read ? "read" : "refused")}\t{Path.GetRelativePath(folder, path)}\t{said.Words}");
        }

        await Console.Out.WriteLineAsync($"{files} files of Microsoft Project: {read} read, {files - read - wrong} refused, {wrong} wrong");
        return wrong == 0 && files > 0 ? 0 : 1;
    }

    private static XElement? Root(string path)
    {
        try
        {
            return XDocument.Load(path).Root is { Name.LocalName: "Project" } root && root.Elements().Any(one => one.Name.LocalName == "Tasks") ? root : null;
        }
        catch (System.Xml.XmlException)
        {
            return null; // another program's
        }
    }

    private static async Task<(bool Read, bool Wrong, string Words)> SayAsync(string path, XElement root)
    {
        await using var file = File.OpenRead(path);
        try
        {
            var (plan, notes) = ProjectFile.Read(file, ActivityPlan.Empty);
            var tasks = root.Elements().First(one => one.Name.LocalName == "Tasks").Elements().Where(one => Said(one, "UID") is not ("" or "0") && Said(one, "IsNull") is not "1" && Said(one, "Summary") is not "1"
                && Said(one, "Active") is not "0" && Said(one, "ExternalTask") is not "1" && Said(one, "IsSubproject") is not "1").ToList();
            var links = plan.Activities.Sum(one => LinkText.Read(one.After).Count);
            return (true, tasks.Count != plan.Activities.Count, $"{plan.Activities.Count} activities of {tasks.Count} tasks, {links} links, {string.Join(' ', notes.Select(note => note.Key))}");
        }
        catch (Refusal no)
        {
            return (false, false, no.Code);
        }
    }

    private static string Said(XElement task, string name) => task.Elements().FirstOrDefault(one => one.Name.LocalName == name)?.Value ?? "";
}
