namespace Rectify.Procedures;

/// <summary>Checklists and forms as lines of a text, as pages show and read them.</summary>
internal static class ProcedureText
{
    /// <summary>A line in brackets begins the list of a type of task; the lines before the first are for all others.</summary>
    public static string Of(IEnumerable<Checklist> lists) =>
        string.Join('\n', lists.OrderBy(list => list.TaskType.Length > 0).SelectMany(list => list.TaskType.Length == 0 ? list.Lines : list.Lines.Prepend($"[{list.TaskType}]")));

    /// <param name="step">The step that they are of; <see langword="null"/> for all.</param>
    public static IReadOnlyList<Checklist> Checklists(string text, string? step) =>
        [.. Parts(text, titled: false).Where(part => part.Lines.Count > 0 || part.Type.Length > 0).Select(part => new Checklist(part.Type, part.Lines) { Step = step })];

    /// <summary>A line in brackets with a title begins a form; a field that may be left empty ends as <paramref name="optional"/>.</summary>
    public static string Of(IEnumerable<StepForm> forms, string optional) =>
        string.Join('\n', forms.OrderBy(form => form.TaskType.Length > 0).SelectMany(form => form.Fields.Select(field => field.Needed ? field.Name : field.Name + optional).Prepend($"[{form.TaskType}]{form.Title}")));

    /// <param name="usual">The title of a form that begins without one.</param>
    public static IReadOnlyList<StepForm> Forms(string text, string step, string usual, string optional) =>
    [
        .. from part in Parts(text, titled: true)
           where part.Lines.Count > 0 || part.Title.Length > 0
           select new StepForm(step, part.Type, part.Title.Length > 0 ? part.Title : usual, [.. part.Lines.Select(line => line.EndsWith(optional, StringComparison.Ordinal) ? new FormField(line[..^optional.Length], false) : new FormField(line))]),
    ];

    private static List<(string Type, string Title, List<string> Lines)> Parts(string text, bool titled)
    {
        var parts = new List<(string Type, string Title, List<string> Lines)> { ("", "", []) };
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0))
        {
            if (line.StartsWith('[') && line.IndexOf(']', StringComparison.Ordinal) is > 0 and var end && (titled || end == line.Length - 1))
            {
                parts.Add((line[1..end], line[(end + 1)..].Trim(), []));
            }
            else
            {
                parts[^1].Lines.Add(line);
            }
        }

        return parts;
    }
}
