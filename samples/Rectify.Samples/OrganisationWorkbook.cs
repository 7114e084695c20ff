namespace Rectify.Samples;

/// <summary>Units and people as an office hands them over: two sheets, names instead of keys.</summary>
internal static class OrganisationWorkbook
{
    /// <summary>Between two aliases. Not the enumeration comma: 市委、市政府 is one alias.</summary>
    public const string AliasSeparator = "；";

    private static readonly Dictionary<string, string> Kinds = new()
    {
        ["region"] = "自治区",
        ["prefecture"] = "地（州、市）",
        ["county"] = "县（市、区）",
        ["department"] = "自治区部门",
        ["soe"] = "国有企业集团",
        ["corps_division"] = "兵团师",
        ["park"] = "园区",
    };

    public static byte[] Make(SampleData data)
    {
        var names = data.Units.ToDictionary(u => u.Id, u => u.Name);
        return WorkbookWriter.Make("云岭自治区机构人员名单", "云岭自治区整改办", data.Plan.Programme.PublishedOn,
        [
            Sheet("机构", "云岭自治区环境保护督察整改机构名单",
                [("编码", 9), ("机构名称", 36), ("简称", 18), ("上级机构", 18), ("类别", 15), ("别名", 58), ("行政区划代码", 14), ("落款名称", 36)],
                data.Units.Select(u => new[]
                {
                    u.Id, u.Name, u.ShortName, u.Parent.Length is 0 ? "" : names[u.Parent], Kinds[u.Kind],
                    string.Join(AliasSeparator, u.Aliases), u.Code, u.SigningName,
                })),
            Sheet("人员", "云岭自治区环境保护督察整改工作人员名单",
                [("编号", 10), ("姓名", 14), ("机构", 44), ("职务", 20)],
                data.People.Select(p => new[] { p.Id, p.Name, names[p.Unit], p.Duty })),
        ]);
    }

    private static SheetContent Sheet(string name, string title, (string Name, double Width)[] columns, IEnumerable<string[]> rows) => new(
        name,
        [.. columns.Select(c => c.Width)],
        HeaderRows: 2,
        [
            new([.. columns.Select((_, i) => new CellText(i is 0 ? title : "", Look.Title))], Height: 36),
            new([.. columns.Select(c => new CellText(c.Name, Look.Header))], Height: 22),
            .. rows.Select(r => new SheetRow([.. r.Select((text, i) => new CellText(text, i is 0 ? Look.Centred : Look.Text))], Height: 20)),
        ],
        [$"A1:{WorkbookWriter.Address(columns.Length, 1)}"]);
}
