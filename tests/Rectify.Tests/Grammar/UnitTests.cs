using Rectify.Grammar;
using Rectify.Reading;

namespace Rectify.Tests.Grammar;

public sealed class UnitTests
{
    [Theory]
    [InlineData("省水利厅（牵头）、省发改委、襄川市", "L省水利厅 C省发改委 C襄川市")]
    [InlineData("市水利局牵头，市住建局、各县（市、区）人民政府配合", "L市水利局 C市住建局 C各县（市、区）人民政府")]
    [InlineData("市自然资源和规划局（林业局）、市财政局", "R市自然资源和规划局（林业局） R市财政局")]
    [InlineData("曙泊市委、市政府，自治区水利厅。", "R曙泊市委、市政府 R自治区水利厅")]
    [InlineData("塔城市、额敏县、裕民县党委、人民政府", "R塔城市 R额敏县 R裕民县党委、人民政府")]
    [InlineData("雪嶂地委、行署", "R雪嶂地委、行署")]
    [InlineData("神农架林区党委和人民政府", "R神农架林区党委和人民政府")]
    [InlineData("市水利局和市住建局", "R市水利局 R市住建局")]
    [InlineData("省发展和改革委员会、住房和城乡建设厅", "R省发展和改革委员会 R住房和城乡建设厅")]
    [InlineData("市水利局 市住建局\n市财政局", "R市水利局 R市住建局 R市财政局")]
    [InlineData("省发\n改委、省水利厅", "R省发改委 R省水利厅")]
    [InlineData("旗墩市人民政府（牵头）、水利厅（督导）、生态环境厅（验收）、农业厅（配合）", "L旗墩市人民政府 S水利厅 A生态环境厅 C农业厅")]
    [InlineData("牵头：市水利局；配合：市住建局、市财政局", "L市水利局 C市住建局 C市财政局")]
    [InlineData("市水利局、市住建局等部门", "R市水利局 R市住建局")]
    [InlineData("市生态环境局负责", "R市生态环境局")]
    [InlineData("区住建局、区城管局（按职责分工负责）", "R区住建局 R区城管局")]
    [InlineData("市城管局 （ 牵头 ） 、 市住建局", "L市城管局 C市住建局")]
    [InlineData("市农业农村局牵头，各县区政府配合，2023年6月底前完成", "L市农业农村局 C各县区政府")]
    [InlineData("市政府办公室；各区政府", "R市政府办公室 R各区政府")]
    [InlineData("市城管局牵头，市自然资源局、市环境局配合，各县（区）政府落实", "L市城管局 C市自然资源局 C市环境局 R各县（区）政府")]
    [InlineData("甲县人民政府；州住建局（行业监管）", "R甲县人民政府 S州住建局")]
    [InlineData("甲镇人民政府市生态环境局", "R甲镇人民政府 R市生态环境局")]
    [InlineData("区市场监管局、市住建局市政管理处", "R区市场监管局 R市住建局市政管理处")]
    [InlineData("市住房和城乡建设局（主要负责同志）", "R市住房和城乡建设局")]
    [InlineData("市生态环境局会同市住房城乡建设局", "L市生态环境局 C市住房城乡建设局")]
    [InlineData("市住建局会同市城管局、市财政局", "L市住建局 C市城管局 C市财政局")]
    [InlineData("市水利局会同有关部门负责落实", "L市水利局 C有关部门")]
    [InlineData("由市水利局牵头，市财政局、市审计局配合", "L市水利局 C市财政局 C市审计局")]
    [InlineData("市水利局、市财政局按职责分工负责", "R市水利局 R市财政局")]
    [InlineData("市水利局、市财政局按照职责分工负责", "R市水利局 R市财政局")]
    [InlineData("平湖县政府负总责，市水利局指导", "L平湖县政府 S市水利局")]
    [InlineData("市生态环境局、市水利局牵头，平湖县人民政府负责落实", "L市生态环境局 L市水利局 R平湖县人民政府")]
    [InlineData("县水务局牵头，县发展改革局、县生态\n环境分局配合", "L县水务局 C县发展改革局 C县生态环境分局")]
    [InlineData("瑶池区人民政府（ 牵头 ）、市 水务局", "L瑶池区人民政府 C市水务局")]
    [InlineData("（略）", "")]
    [InlineData("对毁林地块退耕还林，存在违规审批情况进行追责问责", "")]
    public void Lists_of_units_are_understood(string text, string units) => Assert.Equal(units, Show(text, DraftRole.Responsible));

    [Fact]
    public void In_a_list_of_supervising_units_the_mark_only_says_who_is_first() =>
        Assert.Equal("S省水利厅 S省林业局", Show("省水利厅（牵头）、省林业局", DraftRole.Supervise));

    [Theory]
    [InlineData("责任单位主要负责同志", "G责任单位主要负责同志")]
    [InlineData("荻湫州党委、政府主要负责同志", "G荻湫州党委、政府主要负责同志")]
    [InlineData("瀚弦集团党委书记、董事长", "G瀚弦集团党委书记、董事长")]
    [InlineData("砥峦市市长", "G砥峦市市长")]
    [InlineData("秦坪区委、区政府主要负责同志", "G秦坪区委、区政府主要负责同志")]
    [InlineData("市委常委、常务副市长", "G市委常委、常务副市长")]
    [InlineData("甲县县长、州住建局局长", "G甲县县长 G州住建局局长")]
    [InlineData("自治区环境保护厅分管负责同志 丁某平", "N自治区环境保护厅分管负责同志 丁某平")]
    [InlineData("张某、李某某", "N张某 N李某某")]
    [InlineData("张某（局长）；李某某（副局长）", "N张某（局长） N李某某（副局长）")]
    [InlineData("王市长", "N王市长")]
    [InlineData("县委常委、副县长张某某", "N县委常委、副县长张某某")]
    [InlineData("各责任单位主要负责人。", "G各责任单位主要负责人")]
    public void Persons_are_told_from_posts(string text, string persons) =>
        Assert.Equal(persons, string.Join(' ', PersonList.Read(Stretch.Of(new Paragraph(1, text))).Select(person => (person.Generic ? "G" : "N") + person.Text)));

    private static string Show(string text, DraftRole label) => string.Join(' ',
        UnitList.Read(Stretch.Of(new Paragraph(1, text)), label).Select(unit => unit.Role.ToString()[..1] + unit.Text));
}
