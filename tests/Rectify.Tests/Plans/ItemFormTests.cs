using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Rectify.Grammar;
using Rectify.Organisation;
using Rectify.Plans;
using Rectify.Platform.Data;
using Rectify.Platform.Text;
using Rectify.Platform.Web;
using Rectify.Reading;
using static Rectify.Tests.Organisation.People;

namespace Rectify.Tests.Plans;

/// <summary>The form of one item of a preview.</summary>
public sealed class ItemFormTests
{
    private static readonly Words T = Words.In(Language.Default);

    [Fact]
    public async Task A_form_that_comes_back_unchanged_changes_nothing()
    {
        await using var world = await World.CreateAsync("sqlite");
        await world.HaveProgrammeAsync();
        var names = await world.InAsync((Db db) => UnitNames.LoadAsync(db, Ct));
        using var file = File.OpenRead(Path.Combine(Samples.SampleFiles.Folder, "整改方案.docx"));
        var draft = PlanGrammar.Read(DocumentReader.Read(file, "plan.docx"));
        Assert.Equal(94, draft.Items.Count);
        foreach (var item in draft.Items)
        {
            var (errors, meant) = (new FormErrors(), new Dictionary<string, Guid>());

            var back = ItemForm.Read(Posted(ItemForm.Of(item, names, meant, T))).To(item, names, meant, errors, T);

            Assert.Empty(errors.All);
            Assert.Empty(meant);
            Assert.Equal(PlanPreview.Write(item), PlanPreview.Write(back));
        }
    }

    [Fact]
    public async Task A_deadline_that_is_only_rewritten_is_understood_anew()
    {
        var back = await ChangeAsync("deadline.text", "2019年9月底前");
        Assert.Equal(("2019年9月底前", new DateOnly(2019, 9, 30)), (back.Item.Deadline!.Text, back.Item.Deadline.Date!.Value));
    }

    [Theory]
    [InlineData("deadline.date", "soon", "deadline.date")]
    [InlineData("value", "seven", "value")]
    [InlineData("u0.meant", "nobody knows this unit", "u0.meant")]
    public async Task A_wrong_field_is_named_and_nothing_else(string field, string value, string named) =>
        Assert.Equal([named], (await ChangeAsync(field, value)).Errors.All.Select(error => error.Field));

    [Fact]
    public async Task An_emptied_row_goes() => Assert.Empty((await ChangeAsync("u0.text", "")).Item.Units);

    [Fact]
    public async Task A_unit_that_is_named_is_meant()
    {
        var (_, meant, _) = await ChangeAsync("u0.meant", "林业和草原局");
        Assert.Equal(["local office"], meant.Keys);
    }

    private static async Task<(DraftItem Item, Dictionary<string, Guid> Meant, FormErrors Errors)> ChangeAsync(string field, string value)
    {
        await using var world = await World.CreateAsync("sqlite");
        await world.HaveProgrammeAsync();
        var names = await world.InAsync((Db db) => UnitNames.LoadAsync(db, Ct));
        var item = Imports.ATask(7, "waste water", new(2018, 6, 30)) with { Units = [new("local office", DraftRole.Lead, [])] };
        var (errors, meant) = (new FormErrors(), new Dictionary<string, Guid>());
        var fields = Fields(ItemForm.Of(item, names, meant, T));
        fields[field] = value;
        return (ItemForm.Read(new FormCollection(fields)).To(item, names, meant, errors, T), meant, errors);
    }

    private static FormCollection Posted(ItemForm form) => new(Fields(form));

    // As a browser posts the page: the rows, then an empty one of each kind.
    private static Dictionary<string, StringValues> Fields(ItemForm form)
    {
        var fields = new Dictionary<string, StringValues>
        {
            ["number"] = form.Number,
            ["value"] = form.Value,
            ["section"] = form.Section,
            ["problem"] = form.Problem.ReplaceLineEndings("\r\n"),
            ["goal"] = form.Goal.ReplaceLineEndings("\r\n"),
        };
        Deadline("deadline", form.Deadline);
        foreach (var (i, unit) in form.Units.Append(new("", "Responsible", "", "")).Index())
        {
            (fields[$"u{i}.text"], fields[$"u{i}.role"], fields[$"u{i}.meant"]) = (unit.Text, unit.Role, unit.Meant);
        }

        foreach (var (i, person) in form.Persons.Append(new("", false)).Index())
        {
            fields[$"p{i}.text"] = person.Text;
            if (person.Generic)
            {
                fields[$"p{i}.generic"] = "on";
            }
        }

        foreach (var (i, node) in form.Milestones.Append(new("", "")).Index())
        {
            (fields[$"n{i}.text"], fields[$"n{i}.date"]) = (node.Text, node.Date);
        }

        foreach (var (i, measure) in form.Measures.Append(new("", "", "", new("", "", "", ""))).Index())
        {
            (fields[$"m{i}.number"], fields[$"m{i}.text"], fields[$"m{i}.units"]) = (measure.Number, measure.Text.ReplaceLineEndings("\r\n"), measure.Units);
            Deadline($"m{i}.deadline", measure.Deadline);
        }

        return fields;

        void Deadline(string name, DeadlineFields deadline)
        {
            (fields[name + ".text"], fields[name + ".kind"]) = (deadline.Text, deadline.Kind);
            (fields[name + ".from"], fields[name + ".date"]) = (deadline.From, deadline.Date);
        }
    }
}
