using System.Text.Json;
using Rectify.Grammar;

namespace Rectify.Tests.Grammar;

public sealed class PlanJsonTests
{
    [Fact]
    public void The_shape_is_the_documented_one()
    {
        var source = Doc.Of(
            "某市整改措施清单", "六、某河水质超标。", "责任单位：市水利局（牵头）、市住建局", "责任人：责任单位主要负责同志", "整改目标：稳定达标。", "整改时限：2022年12月底前", "整改措施：",
            "1.2022年6月底前封堵排口。", "2.每月监测1次。");

        using var json = JsonDocument.Parse(PlanJson.Write(PlanGrammar.Read(source), source));

        var item = json.RootElement.GetProperty("items")[0];
        Assert.Equal("""{"text":"六、","value":6}""", Bare(item, "number"));
        Assert.Equal("某河水质超标。", item.GetProperty("problem").GetString());
        Assert.Equal("""[{"text":"市水利局","role":"lead"},{"text":"市住建局","role":"cooperate"}]""", Bare(item, "units"));
        Assert.Equal("""[{"text":"责任单位主要负责同志","generic":true}]""", Bare(item, "persons"));
        Assert.Equal("""{"text":"2022年12月底前","kind":"fixed","date":"2022-12-31"}""", Bare(item, "deadline"));
        Assert.Equal("""{"text":"2022年6月底前","kind":"fixed","date":"2022-06-30"}""", Bare(item.GetProperty("measures")[0], "deadline"));
        Assert.Equal("""{"text":"每月监测1次","every":"month","times":1}""", Bare(item.GetProperty("measures")[1], "recurrence"));
        Assert.Equal("null", Bare(item.GetProperty("measures")[1], "deadline"));
        Assert.Equal("null", Bare(item, "notice"));
        Assert.Equal("""[{"paragraph":6,"start":5,"length":10}]""", Bare(item.GetProperty("passages"), "deadline"));
    }

    [Fact]
    public void Chinese_is_written_as_it_is() =>
        Assert.Contains("\"某河水质超标。\"", PlanJson.Write(PlanGrammar.Read(Doc.Of("一、某河水质超标。", "责任单位：市水利局", "整改措施：清淤。"))), StringComparison.Ordinal);

    private static string Bare(JsonElement element, string name) =>
        string.Concat(element.GetProperty(name).GetRawText().Where(c => !char.IsWhiteSpace(c)));
}
