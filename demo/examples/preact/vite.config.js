export default { publicDir: '../../feeds' };
