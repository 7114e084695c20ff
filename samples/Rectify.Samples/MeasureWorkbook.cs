namespace Rectify.Samples;

/// <summary>
/// The same tasks as a measure list (整改措施清单): a sheet for each aspect, a row for each measure, the task's own columns merged over its
/// measures, two header rows.
/// </summary>
internal static class MeasureWorkbook
{
    // Characters that fit a column's width at 10 points, and the height of a line in points.
    private const double CharactersPerWidth = 0.47;
    private const double LineHeight = 13.5;

    /// <summary>Columns by their group; a group of one column is merged over both header rows.</summary>
    private static readonly (string Group, string Name, double Width, bool PerMeasure)[] Columns =
    [
        ("序号", "", 10, false),
        ("反馈问题", "", 46, false),
        ("整改目标", "", 30, false),
        ("整改措施", "措施序号", 6, true),
        ("整改措施", "具体措施", 56, true),
        ("整改措施", "完成时限", 15, true),
        ("责任单位", "牵头单位", 15, false),
        ("责任单位", "配合单位", 17, false),
        ("责任单位", "落实单位", 15, false),
        ("责任人", "", 16, false),
        ("督导单位", "", 13, false),
        ("验收单位", "", 13, false),
        ("整改时限", "", 16, false),
        ("交账节点", "", 28, false),
    ];

    public static byte[] Make(SampleData data)
    {
        var spelling = new PlanSpelling(data.Units);
        return WorkbookWriter.Make("云岭自治区整改措施清单", "云岭自治区整改办", data.Plan.Programme.PublishedOn,
            [.. data.Plan.Aspects.Select(aspect => Sheet(aspect, data.Plan.Tasks.Where(t => t.Aspect == aspect.No), spelling))]);
    }

    private static SheetContent Sheet(Aspect aspect, IEnumerable<PlanTask> tasks, PlanSpelling spelling)
    {
        List<SheetRow> rows =
        [
            new([.. Columns.Select((_, i) => new CellText(i is 0 ? $"云岭自治区整改措施清单（{aspect.Name}）" : "", Look.Title))], Height: 40),
            new([.. Columns.Select((c, i) => new CellText(StartsGroup(i) ? c.Group : "", Look.Header))], Height: 22),
            new([.. Columns.Select(c => new CellText(c.Name, Look.Header))], Height: 30),
        ];
        List<string> merged = [Range(0, 1, Columns.Length - 1, 1), .. HeaderRanges()];
        foreach (var task in tasks)
        {
            var first = rows.Count + 1;
            rows.AddRange(Rows(task, spelling));
            merged.AddRange(
                from column in Enumerable.Range(0, Columns.Length)
                where !Columns[column].PerMeasure && rows.Count > first
                select Range(column, first, column, rows.Count));
        }

        return new(aspect.Name, [.. Columns.Select(c => c.Width)], HeaderRows: 3, rows, merged);
    }

    private static IEnumerable<string> HeaderRanges() =>
        from i in Enumerable.Range(0, Columns.Length)
        where StartsGroup(i)
        let last = i + Columns.Skip(i).TakeWhile(c => c.Group == Columns[i].Group).Count() - 1
        select last > i ? Range(i, 2, last, 2) : Range(i, 2, i, 3);

    private static bool StartsGroup(int column) => column is 0 || Columns[column].Group != Columns[column - 1].Group;

    private static IEnumerable<SheetRow> Rows(PlanTask task, PlanSpelling spelling)
    {
        string Names(string role) => string.Join('、', task.UnitsAs(role).Select(id => spelling.Short(id, task)));

        string[] Texts(Measure measure) =>
        [
            task.NumberText, task.Problem, task.Goal,
            $"{measure.No}", measure.Text, measure.Deadline?.Text ?? "",
            spelling.Long(task.UnitsAs("lead").Single(), task), Names("cooperate"),
            string.Join('、', task.Implementers.Select(id => spelling.Short(id, task))),
            task.Person, Names("supervise"), Names("accept"), task.Deadline.Text,
            string.Join('\n', task.Milestones.Select(m => $"{m.No}.{MeasureWording.ByEndOf(m.Due)}，{m.Text}")),
        ];

        // A merged cell does not make its rows higher, so the rows share what the task's longest text needs.
        var all = task.Measures.Select(Texts).ToList();
        var own = all.Select(texts => Height(texts, perMeasure: true)).ToList();
        var missing = Math.Max(0, Height(all[0], perMeasure: false) - own.Sum()) / own.Count;
        return all.Select((texts, row) => new SheetRow(
            [.. texts.Select((text, i) => new CellText(
                row is 0 || Columns[i].PerMeasure ? text : "",
                Columns[i].Width > 20 ? Look.Text : Look.Centred))],
            Math.Round(own[row] + missing, 1)));
    }

    private static double Height(string[] texts, bool perMeasure) => 6 + LineHeight * texts
        .Where((_, i) => Columns[i].PerMeasure == perMeasure)
        .Zip(Columns.Where(c => c.PerMeasure == perMeasure), (text, column) =>
            text.Split('\n').Sum(line => Math.Max(1, Math.Ceiling(line.Length / (column.Width * CharactersPerWidth)))))
        .Max();

    private static string Range(int left, int top, int right, int bottom) =>
        $"{WorkbookWriter.Address(left + 1, top)}:{WorkbookWriter.Address(right + 1, bottom)}";
}
