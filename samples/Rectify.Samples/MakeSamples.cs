namespace Rectify.Samples;

/// <summary>Makes the sample programme's documents from its data: <c>dotnet run --project samples/Rectify.Samples -- samples/yunling</c>.</summary>
internal static class MakeSamples
{
    public const string Plan = "整改方案.docx";
    public const string RevisedPlan = "整改方案（修订）.docx";
    public const string Organisation = "机构人员.xlsx";
    public const string Measures = "整改措施清单.xlsx";

    /// <summary>The folder of evidence, with its index.</summary>
    public const string Evidence = "evidence";

    public static int Main(string[] args)
    {
        if (args is not [var folder] || !Directory.Exists(Path.Combine(folder, "data")))
        {
            Console.Error.WriteLine("usage: Rectify.Samples FOLDER    FOLDER holds data/, such as samples/yunling");
            return 2;
        }

        var data = SampleData.Load(Path.Combine(folder, "data"));
        Directory.CreateDirectory(Path.Combine(folder, Evidence));
        foreach (var (name, bytes) in All(data).Concat(EvidenceFiles.All(data).Select(file => (Path.Combine(Evidence, file.Name), file.Bytes))))
        {
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
            Console.WriteLine($"{name}  {bytes.Length:N0} bytes");
        }

        return 0;
    }

    /// <summary>Every document by file name. The same data gives the same bytes.</summary>
    public static IEnumerable<(string Name, byte[] Bytes)> All(SampleData data)
    {
        yield return (Plan, PlanDocument.Make(data, revision: null));
        yield return (RevisedPlan, PlanDocument.Make(data, data.Revision));
        yield return (Organisation, OrganisationWorkbook.Make(data));
        yield return (Measures, MeasureWorkbook.Make(data));
    }
}
