using System.Text.Encodings.Web;
using System.Text.Unicode;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Rectify.Platform.Text;
using Rectify.Platform.Web;

namespace Rectify.Tests.Platform.Web;

/// <summary>What the shared components write, without a browser.</summary>
public sealed class ComponentTests
{
    [Fact]
    public async Task A_status_has_form_colour_and_word()
    {
        var mark = await RenderAsync<StatusMark>(new() { ["Class"] = "behind", ["Word"] = "未达序时进度" });
        Assert.Equal("未达序时进度", mark.QuerySelector(".st.st-behind")!.TextContent.Trim());
        Assert.EndsWith("icons.svg#s-behind", mark.QuerySelector("use")!.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("yellow", "黄")]
    [InlineData(null, "—不评灯")]
    public async Task A_light_is_never_a_colour_alone(string? light, string text) =>
        Assert.Equal(text, (await RenderAsync<LightMark>(new() { ["Light"] = light })).TextContent.Trim());

    [Fact]
    public async Task An_error_is_named_on_top_and_tied_to_its_field()
    {
        var errors = new FormErrors();
        errors.Add("done", "请填完成日期。");
        var summary = await RenderAsync<ErrorSummary>(new() { ["Errors"] = errors });
        Assert.Equal("#done", summary.QuerySelector(".errs[role=alert] a")!.GetAttribute("href"));

        RenderFragment<Dictionary<string, object>> input = attributes => builder =>
        {
            builder.OpenElement(0, "input");
            builder.AddMultipleAttributes(1, attributes);
            builder.CloseElement();
        };
        var field = await RenderAsync<Field>(new()
        {
            ["Id"] = "done",
            ["Label"] = "完成日期",
            ["Hint"] = "按竣工验收报告填。",
            ["Errors"] = errors,
            ["ChildContent"] = input,
        });
        var box = field.QuerySelector(".field.bad input")!;
        Assert.Equal("true", box.GetAttribute("aria-invalid"));
        Assert.All(box.GetAttribute("aria-describedby")!.Split(' '), id => Assert.NotNull(field.QuerySelector($"#{id}")));
        Assert.Equal("请填完成日期。", field.QuerySelector("#done-e")!.TextContent.Trim());
    }

    [Fact]
    public async Task Nothing_wrong_says_nothing() =>
        Assert.Equal("", (await RenderAsync<ErrorSummary>(new() { ["Errors"] = new FormErrors() })).InnerHtml.Trim());

    [Fact]
    public async Task A_short_difference_shows_both_values_and_a_long_one_only_what_changed()
    {
        var sentence = "雁湖流域城镇污水处理厂全部稳定达到一级A排放标准，新建、改造污水管网";
        var diff = await RenderAsync<Diff>(new()
        {
            ["Changes"] = new Change[] { new("管网", "80.0千米", "86.5千米"), new("目标", sentence + "80千米", sentence + "86千米"), new("备注", null, "有") },
        });
        Assert.Equal(["原来：80.0千米", "原来：80", "原来：（空）"], diff.QuerySelectorAll("del").Select(part => part.TextContent));
        Assert.Equal(["现在：86.5千米", "现在：86", "现在：有"], diff.QuerySelectorAll("ins").Select(part => part.TextContent));
    }

    [Fact]
    public async Task History_names_act_person_unit_number_and_change()
    {
        var list = await RenderAsync<HistoryList>(new()
        {
            ["Entries"] = new HistoryEntry[]
            {
                new(new(2019, 3, 28, 2, 12, 0, TimeSpan.Zero), "提交3月调度填报", "甲", "雁湖市整改办", 48_051, [new("管网", "58.2", "64.6")], "附材料2件"),
            },
        });
        Assert.Equal("2019-03-28T10:12:00+08:00", list.QuerySelector("time")!.GetAttribute("datetime"));
        Assert.Equal("甲 · 雁湖市整改办", list.QuerySelector(".who")!.TextContent);
        Assert.Equal("第48\u202F051号", list.QuerySelector(".end")!.TextContent);
        Assert.NotNull(list.QuerySelector(".diff ins"));
    }

    [Fact]
    public async Task Paging_says_where_it_is_and_leads_on()
    {
        var nav = await RenderAsync<Paging>(new() { ["From"] = 1L, ["To"] = 50L, ["Total"] = 94L, ["Next"] = "/items?after=x" });
        Assert.Contains("第1–50项，共94项", nav.TextContent, StringComparison.Ordinal);
        Assert.Equal("下一页（51–94）", nav.QuerySelector("a[rel=next]")!.TextContent);
        Assert.Null(nav.QuerySelector("a[rel=prev]"));
    }

    [Fact]
    public async Task A_filter_in_use_removes_itself()
    {
        var chips = await RenderAsync<Chips>(new()
        {
            ["Items"] = new Chip[] { new("红灯", "/items?unit=3") },
            ["ClearHref"] = "/items",
            ["Count"] = "共6项",
        });
        Assert.Equal("/items?unit=3", chips.QuerySelector("a.chip")!.GetAttribute("href"));
        Assert.Contains("（去掉）", chips.QuerySelector("a.chip")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(NoteKind.Ok, "note-ok", "u-ok")]
    [InlineData(NoteKind.Info, "note-info", "u-info")]
    [InlineData(NoteKind.Warn, "note-warn", "u-warn")]
    [InlineData(NoteKind.Stop, "note-stop", "u-err")]
    public async Task A_note_has_its_kind_as_colour_and_form(NoteKind kind, string css, string icon)
    {
        var note = await RenderAsync<Note>(new() { ["Kind"] = kind });
        Assert.EndsWith(icon, note.QuerySelector($".{css} use")!.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_job_says_how_far_it_is()
    {
        var job = await RenderAsync<JobProgress>(new() { ["What"] = "正在生成交账手册", ["Done"] = 61, ["Total"] = 94, ["SecondsLeft"] = 20 });
        Assert.Equal("61 / 94，约剩20秒", job.QuerySelector(".num")!.TextContent);
        Assert.Equal("61", job.QuerySelector("progress")!.GetAttribute("value"));
    }

    private static async Task<IElement> RenderAsync<TComponent>(Dictionary<string, object?> parameters) where TComponent : IComponent
    {
        await using var services = new ServiceCollection()
            .AddSingleton(Words.In(Language.Default))
            .AddSingleton(HtmlEncoder.Create(UnicodeRanges.All))
            .BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(parameters))).ToHtmlString());
        return new HtmlParser().ParseDocument(html).Body!;
    }
}
