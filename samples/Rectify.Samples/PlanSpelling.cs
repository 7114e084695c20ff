namespace Rectify.Samples;

/// <summary>How a plan of spring 2018 spells the units: departments by their names before the reform of that autumn.</summary>
internal sealed class PlanSpelling(IEnumerable<Unit> units)
{
    private readonly Dictionary<string, Unit> byId = units.ToDictionary(u => u.Id);

    // Long form, then the short one used where the list is long or the unit only helps.
    private static readonly Dictionary<string, (string Long, string Short)> Departments = new()
    {
        ["D01"] = ("自治区环境保护厅", "环境保护厅"),
        ["D02"] = ("自治区发展和改革委员会", "发展改革委"),
        ["D03"] = ("自治区经济和信息化委员会", "经济和信息化委员会"),
        ["D04"] = ("自治区国土资源厅", "国土资源厅"),
        ["D05"] = ("自治区水利厅", "水利厅"),
        ["D06"] = ("自治区住房和城乡建设厅", "住房城乡建设厅"),
        ["D07"] = ("自治区林业厅", "林业厅"),
        ["D08"] = ("自治区农业厅", "农业厅"),
        ["D11"] = ("自治区纪委监委", "纪委监委"),
        ["D14"] = ("自治区旅游发展委员会", "旅游发展委员会"),
        ["D15"] = ("自治区安全生产监督管理局", "安监局"),
        ["D16"] = ("自治区质量技术监督局", "自治区质量技术监督局"),
        ["D17"] = ("自治区国资委", "国资委"),
        ["D20"] = ("自治区科学技术厅", "科技厅"),
        ["D21"] = ("自治区人民政府法制办公室", "法制办"),
        ["D22"] = ("自治区机构编制委员会办公室", "自治区编办"),
        ["D23"] = ("自治区卫生和计划生育委员会", "卫生计生委"),
        ["D24"] = ("自治区整改办", "整改办"),
    };

    /// <summary>The unit that leads or accepts. A prefecture is named as its responsible person is: party and government, government, or the place.</summary>
    public string Long(string id, PlanTask task)
    {
        var unit = byId[id];
        return unit.Kind is "prefecture" ? Checked(unit, Prefecture(unit, task.Person)) : Spell(unit, task, brief: false);
    }

    public string Short(string id, PlanTask task) => Spell(byId[id], task, brief: true);

    private static string Spell(Unit unit, PlanTask task, bool brief)
    {
        var (full, small) = Departments.GetValueOrDefault(unit.Id, (unit.Name, unit.ShortName));
        if (unit.Id is "D08" && IsHusbandry(task))
        {
            (full, small) = ("自治区畜牧厅", "畜牧厅");
        }

        return Checked(unit, brief ? small : full);
    }

    // Farming and animal husbandry were two departments then, and are one unit in the list.
    private static bool IsHusbandry(PlanTask task) =>
        task.Person.Contains("畜牧", StringComparison.Ordinal)
        || (task.Problem.Contains('畜') && !task.Person.Contains("农业", StringComparison.Ordinal));

    private static string Prefecture(Unit unit, string person) =>
        person.Contains('、')
            ? unit.Aliases.Single(a => a.Contains('、'))
            : person is [.., '市' or '州', '长'] or [.., '专', '员']
                ? unit.Aliases.Single(a => !a.Contains('、') && (a.EndsWith("政府", StringComparison.Ordinal) || a.EndsWith("行署", StringComparison.Ordinal)))
                : unit.Name;

    private static string Checked(Unit unit, string spelling) =>
        unit.Spellings.Contains(spelling) ? spelling : throw new InvalidDataException($"'{spelling}' is no spelling of {unit.Name}.");
}
